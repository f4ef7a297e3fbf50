using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Vendors;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>The steps that need no account: discover, metadata, register.</summary>
internal sealed class ServerExamination(VendorDiscovery discovery, RegistrationProbe registrations, TimeProvider clock)
{
    public const string NobodySignsIn = "Not needed: the server asks nobody to sign in.";

    /// <param name="source">Null before an account is connected.</param>
    public async Task RunAsync(DoctorRun run, Uri server, Vendor vendor, Guid workspaceId, DataSource? source, CancellationToken cancellationToken)
    {
        var metadata = await DiscoverAsync(run, server, vendor, cancellationToken);
        if (metadata is null)
        {
            run.Skip(DoctorStep.Register, run.Healthy ? NobodySignsIn : "Not tried, because an earlier step failed.");
            return;
        }

        var first = run.Trace.Count;
        await run.StepAsync(
            DoctorStep.Register,
            () => registrations.ProbeAsync(metadata, vendor, workspaceId, source, cancellationToken),
            exception => exception is HttpRequestException or IOException or OperationCanceledException ? Unreached(run, first, vendor.Name, exception.Message) : null,
            cancellationToken);
    }

    /// <summary>Discovery reads both documents in one go; what it asked for last tells which of the two it failed at.</summary>
    private async Task<VendorMetadata?> DiscoverAsync(DoctorRun run, Uri server, Vendor vendor, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        VendorMetadata? metadata = null;
        DoctorFinding? finding = null;
        try
        {
            metadata = await discovery.FindAsync(server, vendor.Quirks, cancellationToken);
        }
        catch (ConnectingException failure)
        {
            finding = Explain(run, vendor.Name, failure);
        }
        catch (OperationCanceledException)
        {
            finding = new DoctorFinding($"{server.Host} was too slow to tell how it is guarded.", "Try again in a few minutes; the vendor may be overloaded.");
        }

        var exchanges = run.Trace.Since(0);
        var split = exchanges.TakeWhile(exchange => !IsAuthorizationServers(exchange.Address)).Count();
        var first = TimeSpan.FromTicks(exchanges.Take(split).Sum(exchange => exchange.Took.Ticks));
        if (finding is not null && split == exchanges.Count)
        {
            run.Fail(DoctorStep.Discover, finding, began);
            run.Skip(DoctorStep.Metadata, "Not tried, because an earlier step failed.");
            return null;
        }

        run.Pass(DoctorStep.Discover, finding is null && metadata is null ? "The server serves everybody." : "The server names what guards it.", first);
        if (finding is not null)
        {
            run.Fail(DoctorStep.Metadata, finding, began);
            return null;
        }

        if (metadata is null)
        {
            run.Skip(DoctorStep.Metadata, NobodySignsIn);
            return null;
        }

        run.Pass(
            DoctorStep.Metadata, $"The authorization server is {metadata.Issuer}; it supports PKCE with S256.",
            TimeSpan.FromTicks(exchanges.Skip(split).Sum(exchange => exchange.Took.Ticks)));
        return metadata;
    }

    private static bool IsAuthorizationServers(Uri address) =>
        address.AbsolutePath.Contains("/oauth-authorization-server", StringComparison.Ordinal)
        || address.AbsolutePath.Contains("/openid-configuration", StringComparison.Ordinal);

    private static DoctorFinding Explain(DoctorRun run, string vendor, ConnectingException failure)
    {
        var unreachable = failure.Type == "vendor-unreachable";
        if (unreachable || failure.Detail.Contains("publishes no", StringComparison.Ordinal))
        {
            // Nothing usable came: what the last answer was tells more than that.
            return Unreached(run, 0, vendor, $"{failure.Title} {failure.Detail}", unreachable);
        }

        return new DoctorFinding(
            $"{failure.Title} {failure.Detail}", $"Only {vendor} can put this right: send its support the trace. Check the address too, if you gave it.");
    }

    private static DoctorFinding Unreached(DoctorRun run, int first, string vendor, string otherwise, bool broken = true)
    {
        var cause = run.Trace.Since(first).Reverse().Select(NetworkCauses.Of).FirstOrDefault(found => found is not null);
        var (words, fix) = cause ?? (otherwise, $"Check the address. If it is right, ask {vendor}'s support and send the trace.");
        return new DoctorFinding(
            words, fix, broken && cause is not null ? new ConnectionState(Contracts.Connector.DataSourceState.Degraded, StateCodes.VendorUnreachable, words) : null);
    }
}
