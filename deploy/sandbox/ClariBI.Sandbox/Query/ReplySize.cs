using System.Globalization;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Keeps replies to some twenty megabytes: groups, intervals and columns multiply.</summary>
internal static class ReplySize
{
    private const long Most = 1_000_000;

    public static void Check(long values)
    {
        if (values > Most)
        {
            throw new ToolErrorException(string.Create(CultureInfo.InvariantCulture, $"date_range: the reply would hold {values} values, and at most {Most} are sent. Take a longer interval, a shorter range or a lower groupByLimit"));
        }
    }
}
