using System.Text.Json;
using ClariBI.Connector.Calls;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Tools.Pins;
using ClariBI.Connector.Vendors;
using ModelContextProtocol;

namespace ClariBI.Connector.Authorizations;

/// <param name="Account">Null where the vendor has no tool that tells.</param>
internal sealed record AccountInventory(VendorAccount? Account, int Allowed, int Refused);

/// <summary>Opens the first session with a fresh grant, and reads what the account offers.</summary>
internal sealed class AccountReader(McpSessionFactory sessions, VendorCatalogue catalogue, DataSourceTools policy, ToolBaselines baselines, CallLog log)
{
    /// <exception cref="StepFailedException">At initialize or list_tools.</exception>
    public async Task<AccountInventory> ReadAsync(Authorization authorization, CancellationToken cancellationToken)
    {
        var vendor = catalogue.Find(authorization.Vendor);
        var key = new SessionKey(authorization.WorkspaceId, authorization.Id, authorization.GrantId, 1, authorization.Vendor, authorization.IsOpen);
        await using var session = sessions.Create(key, new Uri(authorization.ServerUrl));
        await StepAsync(
            authorization, AuthorizationStep.Initialize, "The vendor did not open a session.",
            token => session.RunAsync("initialize", (client, _) => Task.FromResult(client.ServerInfo), token), cancellationToken);
        var tools = await StepAsync(
            authorization, AuthorizationStep.ListTools, "The vendor did not list its tools.",
            token => session.RunAsync("tools/list", VendorTools.ListAsync, token), cancellationToken);

        var admitted = policy.Admitted(authorization.Vendor, authorization.GrantedScope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [], tools);
        await baselines.KeepAsync(authorization, tools, cancellationToken);

        // The first call of all goes through the same policy, and into the same log, as every later one.
        var context = vendor?.ContextTools.SelectMany(name => admitted.Where(tool => tool.Tool.Name == name)).FirstOrDefault();
        var account = context is null ? null : await StepAsync(
            authorization, AuthorizationStep.ListTools, "The vendor did not tell which account this is.",
            token => ReadAsync(new ContextCall(log, authorization, session, context), token), cancellationToken);
        return new AccountInventory(account, admitted.Count, tools.Count - admitted.Count);
    }

    private static async Task<VendorAccount?> ReadAsync(ContextCall context, CancellationToken cancellationToken)
    {
        if (await context.AskAsync(new { }, cancellationToken) is not { } text || AccountReading.Read(text) is not { } account)
        {
            return null;
        }

        // Without a project the time zones may be missing; each project tells its own.
        var projects = new List<VendorProject>();
        foreach (var project in account.Projects)
        {
            projects.Add(project.TimeZone is not null || projects.Count >= 10
                ? project
                : project with { TimeZone = await context.AskAsync(new { projectId = project.Id }, cancellationToken) is { } told ? AccountReading.ReadTimeZone(told) : null });
        }

        return account with { Projects = projects };
    }

    private async Task<T> StepAsync<T>(
        Authorization authorization, AuthorizationStep step, string title, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(sessions.Patience);
        try
        {
            return await run(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StepFailedException(step, title, $"It did not answer within {sessions.Patience.TotalSeconds:0} seconds. Start over in a few minutes.");
        }
        catch (ReauthorizationRequiredException rejected)
        {
            throw new StepFailedException(step, title, $"{rejected.Message} If the account lives in another region, choose that one.");
        }
        catch (InsufficientScopeException insufficient)
        {
            throw new StepFailedException(step, title, Missing(authorization, insufficient.Scope), FailureCodes.InsufficientScope, insufficient.Scope);
        }
        catch (VendorUnavailableException unavailable)
        {
            throw new StepFailedException(
                step, title, unavailable.Code == StateCodes.ToolsUnreadable ? unavailable.Message : $"{unavailable.Message} Start over in a few minutes.");
        }
        catch (VendorRateLimitedException)
        {
            throw new StepFailedException(step, title, "It limits how often it may be asked. Start over in a few minutes.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException or McpException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StepFailedException(step, title, exception is HttpRequestException { StatusCode: { } status }
                ? $"It answered HTTP {(int)status}. Start over in a few minutes."
                : "It did not answer as an MCP server does. Start over in a few minutes.");
        }
        catch (OperationCanceledException)
        {
            throw new StepFailedException(step, title, "It took too long. Start over.");
        }
    }

    /// <summary>Promises of the next attempt only what it does.</summary>
    private string Missing(Authorization authorization, string scope)
    {
        if (scope.Length == 0)
        {
            return "It asks for more than was granted, and does not say for what. Ask an administrator of the account.";
        }

        if (authorization.ServiceAccount)
        {
            return $"It asks for {scope}. An administrator there has to give that to the service account; then start over.";
        }

        var leftOut = catalogue.Find(authorization.Vendor) is { } vendor ? ScopeChoice.LeftOut(vendor, scope) : [];
        return leftOut.Count == 0
            ? $"It asks for {scope}. Start over: the next attempt asks for it too."
            : $"It asks for {scope}. {string.Join(' ', leftOut)} lets one change things, and ClariBI never asks for that. Ask an administrator of the account to allow reading without it.";
    }
}
