using System.Text.Json;
using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Calls;
using ClariBI.Connector.DataSources.Checks;
using ClariBI.Connector.Tools;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.DataSources.Projects;

/// <param name="Failure">Why they could not be asked; null when they were.</param>
internal sealed record ProjectsAnswer(IReadOnlyList<VendorProject> Projects, ToolCallFailed? Failure = null);

/// <summary>Asks the vendor which projects an account has, the way any call goes: policy, limits, call log.</summary>
internal sealed class AccountProjects(DataSourceTools tools, ToolInventory inventory, CallLimits limits)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>No projects where the vendor has no tool that tells.</returns>
    public async Task<ProjectsAnswer> AskAsync(DataSource source, string requestedBy, CancellationToken cancellationToken)
    {
        if (Unusable.Of(source) is { } unusable)
        {
            return new ProjectsAnswer([], unusable);
        }

        var (contextTool, failure) = await ContextToolAsync(source, cancellationToken);
        if (contextTool is null)
        {
            return new ProjectsAnswer([], failure);
        }

        return await CallAsync(source, contextTool, "{}", requestedBy, cancellationToken) switch
        {
            ToolCallFailed failed => new ProjectsAnswer([], failed),
            ToolCallCompleted { VendorIsError: true } declined => new ProjectsAnswer(
                [], new ToolCallFailed(ToolCallFailure.VendorUnavailable, $"{inventory.NameOf(source)} did not tell the account's projects.", null)),
            ToolCallCompleted completed => new ProjectsAnswer(AccountReading.Read(completed.Text)?.Projects ?? []),
            _ => new ProjectsAnswer([]),
        };
    }

    /// <summary>Without a project the time zones may be missing; each project tells its own.</summary>
    public async Task<VendorProject> WithTimeZoneAsync(DataSource source, VendorProject project, string requestedBy, CancellationToken cancellationToken)
    {
        if (project.TimeZone is not null)
        {
            return project;
        }

        return await ContextToolAsync(source, cancellationToken) is ({ } contextTool, _)
            && await CallAsync(source, contextTool, JsonSerializer.Serialize(new { projectId = project.Id }), requestedBy, cancellationToken)
                is ToolCallCompleted { VendorIsError: false } told
            ? project with { TimeZone = AccountReading.ReadTimeZone(told.Text) }
            : project;
    }

    /// <returns>No tool where the vendor has none that tells, or where it could not be asked: then why.</returns>
    private async Task<(string? Tool, ToolCallFailed? Failure)> ContextToolAsync(DataSource source, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience < limits.Longest ? Patience : limits.Longest);
        try
        {
            using var open = tools.Open(source);
            return (inventory.ContextTool(source, await tools.ListAsync(source, open.Session, limit.Token)), null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && CallFailures.Describe(exception, inventory.NameOf(source)) is { } failure)
        {
            return (null, failure);
        }
    }

    private Task<object> CallAsync(DataSource source, string tool, string arguments, string requestedBy, CancellationToken cancellationToken) =>
        inventory.CallAsync(source, tool, arguments, requestedBy, Patience, cancellationToken);
}
