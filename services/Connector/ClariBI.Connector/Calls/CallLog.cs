using System.Diagnostics;
using ClariBI.Connector.Calls.Sending;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tools;
using Microsoft.EntityFrameworkCore;
using ClariBI.ServiceDefaults.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Calls;

/// <summary>
/// The log of everything that was asked of vendors. A row is written in a unit of work of its own, whatever became of the
/// call and of whoever asked for it.
/// </summary>
internal sealed class CallLog(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int LongestArguments = 16 * 1024;
    private const int LongestDetail = 500;

    public TimeProvider Clock => clock;

    /// <param name="ownerId">The data source, or the authorization before there is one.</param>
    public LoggedCall Begin(Guid workspaceId, Guid ownerId, string? tool, string? argumentsJson, string? requestedBy, Guid? analysisId = null) => new()
    {
        WorkspaceId = workspaceId,
        DataSourceId = ownerId,
        AnalysisId = analysisId,
        At = clock.GetUtcNow(),
        Tool = StoredText.Shorten(tool ?? "", 128),
        ArgumentsJson = StoredText.Shorten(argumentsJson ?? "", LongestArguments),
        ArgumentsHash = CallIdentity.HashText(argumentsJson ?? ""),
        RequestedBy = StoredText.Shorten(requestedBy ?? "", 200),
    };

    /// <summary>What the policy judged, and by which definition. Arguments about single persons are not kept, only their hash.</summary>
    public static void Judged(LoggedCall call, JudgedTool judged, bool admitted)
    {
        // What was sent before the list was read again had been admitted then.
        call.Admitted |= admitted;
        call.DefinitionHash = judged.Definition.Hash;
        if (judged.Verdict.DataClass == DataClass.Personal)
        {
            call.ArgumentsJson = """{"redacted":true}""";
        }
    }

    /// <summary>Right before it is sent: a process that dies meanwhile leaves the row.</summary>
    public async Task SendingAsync(LoggedCall call)
    {
        (call.Sent, call.Detail) = (true, "ClariBI ended during the call; whether the vendor carried it out is not known.");
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        db.Calls.Add(call);
        await db.SaveChangesAsync(CancellationToken.None);
        (call.Sent, call.Detail, call.IsKept) = (false, null, true);
    }

    /// <param name="started">A timestamp of the clock.</param>
    public async Task EndAsync(LoggedCall call, string vendor, long started)
    {
        var elapsed = clock.GetElapsedTime(started);
        call.DurationMs = (int)Math.Min(elapsed.TotalMilliseconds, int.MaxValue);
        call.Detail = call.Detail is { } detail ? StoredText.Shorten(detail, LongestDetail) : null;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        db.Entry(call).State = call.IsKept ? EntityState.Modified : EntityState.Added;
        await db.SaveChangesAsync(CancellationToken.None);
        var tags = new TagList { { "vendor", vendor }, { "outcome", call.Outcome.ToString() } };
        ConnectorTelemetry.Calls.Add(1, tags);
        ConnectorTelemetry.CallDuration.Record(elapsed.TotalSeconds, tags);
    }
}
