using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Calls;

/// <summary>How long a call may take and how much it may bring.</summary>
internal sealed class CallLimits(IOptions<ConnectorOptions> options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Largest arguments of a call, in characters of JSON.</summary>
    public const int LargestArguments = 256 * 1024;

    public TimeProvider Clock => clock;

    /// <summary>Calls under way end here, so that they are answered and logged before the process is gone.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    public TimeSpan Longest => options.Value.LongestCall;

    public TimeSpan Idle => options.Value.CallIdle;

    public int LargestResult => options.Value.LargestResult;

    public int MostRows => options.Value.LargestRows;

    /// <summary>The time that a call gets: what its caller allows, within ours.</summary>
    public TimeSpan Budget(TimeSpan asked) => asked > TimeSpan.Zero && asked < Longest ? asked : Longest;
}
