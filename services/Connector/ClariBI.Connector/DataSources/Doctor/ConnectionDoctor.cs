using System.Collections.Concurrent;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>Walks the way of a connection step by step, live, and says at which one it breaks and what helps.</summary>
internal sealed class ConnectionDoctor(
    ServerExamination server, AccountExamination account, DataSourceHealth health, VendorCatalogue catalogue, IOptions<ConnectionLifeOptions> options)
{
    public async Task<DoctorReport> ExamineAsync(DataSource source, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.DoctorTimeout);
        var run = Begin();
        var vendor = catalogue.Find(source.Vendor) ?? Unknown(source);
        var address = new Uri(source.ServerUrl);
        await server.RunAsync(run, address, vendor, source.WorkspaceId, source, limit.Token);
        await account.RunAsync(run, source, limit.Token);
        cancellationToken.ThrowIfCancellationRequested();

        await health.NoteReachableAsync(
            source, run.Trace.Since(0).Any(exchange => exchange.Status < 500 && exchange.Address.Host == address.Host), cancellationToken);
        if (run.Healthy)
        {
            await health.NoteFoundAsync(source, ConnectionState.Connected, cancellationToken);
        }
        else if (run.Finding?.State is { } state)
        {
            var name = catalogue.NameOf(source);
            DateTimeOffset? retryAt = state.State == DataSourceState.Degraded ? state.RetryAt ?? health.Clock.GetUtcNow() + options.Value.DegradedInterval : null;
            await health.NoteFoundAsync(source, state with { Fix = state.Fix ?? StateCodes.Fix(state.Code, name), RetryAt = retryAt }, cancellationToken);
        }

        return run.Report();
    }

    /// <summary>Before there is a data source: what can be known without an account.</summary>
    public async Task<DoctorReport> ExamineAsync(Vendor vendor, Uri address, Guid workspaceId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.DoctorTimeout);
        var run = Begin();
        await server.RunAsync(run, address, vendor, workspaceId, source: null, limit.Token);
        foreach (var step in Enum.GetValues<DoctorStep>().Where(step => step >= DoctorStep.Authorize))
        {
            run.Skip(step, "Not tried: no account is connected yet.");
        }

        return run.Report();
    }

    private DoctorRun Begin()
    {
        var trace = new DoctorTrace();
        trace.Begin();
        return new DoctorRun(trace, health.Clock, options.Value.DoctorTimeout);
    }

    /// <summary>For a source whose row has left the catalogue.</summary>
    private static Vendor Unknown(DataSource source) => new(source.Vendor, source.Vendor, "", "", "", [], [], []);
}

/// <summary>
/// One run at a time of each data source, and one per workspace where there is none yet, in this process. Two replicas may
/// examine the same one at once: a run only reads, so that costs the vendor some requests and nothing else.
/// </summary>
internal sealed class DoctorGate
{
    private readonly ConcurrentDictionary<Guid, byte> running = new();

    /// <returns>Null while another run of the same is under way; else to be disposed at its end.</returns>
    public IDisposable? TryEnter(Guid id) => running.TryAdd(id, 0) ? new Entry(this, id) : null;

    private sealed class Entry(DoctorGate gate, Guid id) : IDisposable
    {
        public void Dispose() => gate.running.TryRemove(id, out _);
    }
}
