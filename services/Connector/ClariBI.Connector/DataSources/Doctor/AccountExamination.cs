using ClariBI.Connector.Calls;
using ClariBI.Connector.DataSources.Checks;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Contracts.Connector;
using ClariBI.Contracts.CredentialVault;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>The steps of a connected account: authorize, exchange, initialize, list, call.</summary>
internal sealed class AccountExamination(VaultClient vault, McpSessionFactory sessions, ToolInventory inventory, DataSourceHealth health)
{
    public const string RequestedBy = "ClariBI (doctor)";
    private const int LongestQuote = 300;
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(20);

    public async Task RunAsync(DoctorRun run, DataSource source, CancellationToken cancellationToken)
    {
        var vendor = inventory.NameOf(source);
        DoctorFinding? Explain(Exception exception) => Describe(run, exception, source, vendor);

        await run.StepAsync(DoctorStep.Authorize, () => Task.FromResult(Authorize(source, vendor)), Explain, cancellationToken);
        if (source.IsOpen && run.Healthy)
        {
            run.Skip(DoctorStep.Exchange, ServerExamination.NobodySignsIn);
        }
        else
        {
            await run.StepAsync(DoctorStep.Exchange, () => LeaseAsync(source, vendor, cancellationToken), Explain, cancellationToken);
        }

        await using var session = sessions.Create(source.SessionKey, new Uri(source.ServerUrl));
        await run.StepAsync(DoctorStep.Initialize, () => InitializeAsync(session, cancellationToken), Explain, cancellationToken);
        IReadOnlyList<JudgedTool> judged = [];
        await run.StepAsync(
            DoctorStep.List,
            async () =>
            {
                judged = await inventory.ReadAsync(source, session, cancellationToken);
                return Counted(judged, vendor);
            },
            Explain, cancellationToken);
        await CallAsync(run, source, vendor, judged, Explain, cancellationToken);
    }

    private string Authorize(DataSource source, string vendor)
    {
        if (source.State == DataSourceState.Disconnected)
        {
            throw new DoctorFinding($"{source.StateReason}", StateCodes.Fix(StateCodes.DisconnectedByPerson, vendor)!);
        }

        if (source.IsOpen)
        {
            return "The server asks nobody to sign in, so there is nothing to consent to.";
        }

        var given = source.GrantIssuedAt is { } at
            ? $"{SpokenTime.Minute(at)}, {SpokenTime.Ago(at, inventory.Clock.GetUtcNow())}"
            : "an unknown time";
        var more = source.ChallengedScope is { } scope ? $" A call asked for more: {scope}. Connect again to grant it." : "";
        return $"{(source.ServiceAccount ? "A service account's credentials were given" : "Consent was given")} on {given}. Granted: {source.Scopes}.{more}";
    }

    private async Task<string> LeaseAsync(DataSource source, string vendor, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await vault.LeaseAsync(source.GrantId, source.WorkspaceId, rejectedGeneration: null, RequestedBy, cancellationToken);
            var renewed = lease.RefreshedAt is { } at ? $"last renewed {SpokenTime.Minute(at)}" : "not renewed yet";
            var ends = lease.TokenExpiresAt is { } expires ? $"valid until {SpokenTime.Minute(expires)}" : "the vendor told no end";
            return $"The vault hands it out: generation {lease.Generation}, {renewed}, {ends}.";
        }
        catch (LeaseRefusedException refused) when (refused.Reason is LeaseRefusal.GrantEnded or LeaseRefusal.NotFound)
        {
            var code = source.StateCode == StateCodes.ClientGone ? StateCodes.ClientGone : StateCodes.GrantEnded;
            var cause = $"{vendor} no longer honours this access, so the vault hands nothing out.";
            throw new DoctorFinding(cause, StateCodes.Fix(code, vendor)!, ConnectionState.NeedsReauthorization(code, cause, vendor));
        }
        catch (LeaseRefusedException rejected) when (rejected.Reason == LeaseRefusal.TokenRejected)
        {
            // Opening a session tells whether that is still so.
            return $"The vault has it. {rejected.Message}";
        }
        catch (LeaseRefusedException refused)
        {
            throw Degraded(StateCodes.VendorUnreachable, $"{vendor} could not renew the access now. {refused.Message}", vendor);
        }
        catch (VaultUnavailableException unavailable)
        {
            throw Degraded(StateCodes.VaultUnreachable, unavailable.Message, vendor);
        }
    }

    private static Task<string> InitializeAsync(McpSession session, CancellationToken cancellationToken) =>
        session.RunAsync(
            "doctor: initialize",
            (client, _) => Task.FromResult($"The server answers in revision {client.NegotiatedProtocolVersion}."),
            cancellationToken);

    private static string Counted(IReadOnlyList<JudgedTool> judged, string vendor)
    {
        var admitted = judged.Count(tool => tool.Verdict.IsAdmitted);
        return judged.Count == 0
            ? throw new DoctorFinding(
                $"{vendor} lists no tools for this account.", $"Ask an administrator at {vendor} whether the account's role may use MCP, and whether it is turned on.")
            : $"{judged.Count} tools, {admitted} of them admitted to be read.";
    }

    private async Task CallAsync(
        DoctorRun run, DataSource source, string vendor, IReadOnlyList<JudgedTool> judged, Func<Exception, DoctorFinding?> explain, CancellationToken cancellationToken)
    {
        var tool = inventory.Harmless(source, judged);
        if (run.Healthy && tool is null)
        {
            run.Skip(DoctorStep.Call, "No admitted tool can be called without arguments.");
            return;
        }

        await run.StepAsync(
            DoctorStep.Call,
            async () =>
            {
                // Calls of a source that waits for a person are not sent; this one has just shown that it need not wait.
                await health.RecoverAsync(source, cancellationToken);
                return await inventory.CallAsync(source, tool!, "{}", RequestedBy, LongestCall, cancellationToken) switch
                {
                    ToolCallCompleted { VendorIsError: false } => $"{tool} answered.",
                    ToolCallCompleted declined => throw new DoctorFinding(
                        $"{vendor} declined {tool}: {StoredText.Shorten(declined.Text, LongestQuote)}", "Read what the vendor says; an administrator there may have to change the account's role."),
                    ToolCallFailed failed => throw OfTheCall(Finding(failed, source, vendor)),
                    _ => throw new InvalidOperationException("An unknown answer to a call."),
                };
            },
            explain, cancellationToken);
    }

    private DoctorFinding? Describe(DoctorRun run, Exception exception, DataSource source, string vendor)
    {
        if (CallFailures.Describe(exception, vendor) is not { } failure)
        {
            return null;
        }

        var finding = Finding(failure, source, vendor);
        var wire = failure.Code is null && failure.Reason is ToolCallFailure.VendorUnavailable or ToolCallFailure.TimedOut
            ? run.Trace.Last is { } last ? NetworkCauses.Of(last) ?? Refused(last, vendor) : null
            : null;
        return wire is var (cause, fix) ? new DoctorFinding(cause, fix, finding.State) : finding;
    }

    private static (string Cause, string Fix)? Refused(TracedExchange last, string vendor) => last.Status >= 400
        ? ($"{vendor} answered HTTP {last.Status} at {last.Url}.", $"Try again in a few minutes. If it stays, only {vendor} can put this right: send its support the trace.")
        : null;

    private DoctorFinding Finding(ToolCallFailed failure, DataSource source, string vendor)
    {
        var state = ConnectionState.After(failure, source, vendor, inventory.Clock.GetUtcNow());
        var fix = StateCodes.Fix(failure.Code, vendor) ?? state?.Fix ?? "Run the doctor again in a few minutes.";
        return new DoctorFinding(state?.Reason ?? failure.Message, fix, state);
    }

    /// <summary>A session and a list have just worked: one call that fails does not mean that a person has to authorize again.</summary>
    private static DoctorFinding OfTheCall(DoctorFinding finding) =>
        finding.State?.State == DataSourceState.NeedsReauthorization ? new DoctorFinding(finding.Message, finding.Fix) : finding;

    private DoctorFinding Degraded(string code, string cause, string vendor)
    {
        var state = ConnectionState.Degraded(code, cause, vendor, inventory.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        return new DoctorFinding(cause, state.Fix!, state);
    }
}
