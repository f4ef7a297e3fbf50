using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Calls;

/// <summary>How long a call may take and how much it may bring.</summary>
internal sealed class CallLimits(IOptions<ConnectorOptions> options, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public TimeSpan Longest => options.Value.LongestCall;

    public int LargestResult => options.Value.LargestResult;
}
