using System.Text.RegularExpressions;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;

namespace ClariBI.Connector.Calls.Sending;

/// <param name="RetryAfter">Null when it does not say.</param>
internal sealed record SaidLimit(TimeSpan? RetryAfter);

/// <summary>What vendors say in the words of a result and not in a status.</summary>
internal static partial class VendorWords
{
    public const string HeaderMismatch = "The headers of the call did not match it.";

    private const int LongestNotice = 300;
    private const int LongestRead = 2000;

    /// <summary>A limit on calls, told inside an answer that came with 200. An error may say so anywhere; a good result only if it says nothing else.</summary>
    public static SaidLimit? Limit(ToolResult result)
    {
        var text = result.Text.Length <= LongestRead ? result.Text : result.Text[..LongestRead];
        if (result.IsError ? !NamesLimit().IsMatch(text) : result.Text.Length > LongestNotice || !IsNotice().IsMatch(text))
        {
            return null;
        }

        return new SaidLimit(SaidWait.Read(text));
    }

    /// <summary>The vendor knows the tool, or its arguments, no longer as it listed them.</summary>
    public static bool DoNotKnow(string text) => NotKnown().IsMatch(text.Length <= LongestRead ? text : text[..LongestRead]);

    [GeneratedRegex(@"\brate[ _-]?limit|\btoo[ _-]?many[ _-]?requests\b|\bthrottled\b|\b(http|status|code|error)\W{0,4}429\b", Options)]
    private static partial Regex NamesLimit();

    [GeneratedRegex(
        @"^\W*((mcp )?error\W+[-\d\s:]{0,10})?(api |request |your )?(rate[ _-]?limit|too many requests|429\b)"
        + @"|^\s*\{\W*(success""\s*:\s*false\W+)?(error|errors|message|code|status|detail)""\s*:.{0,60}?(rate[ _-]?limit|too[ _-]?many[ _-]?requests|\b429\b)",
        Options)]
    private static partial Regex IsNotice();

    [GeneratedRegex(
        @"-32602\b|\binvalid (params|arguments?)\b|\binput validation error\b|\b(unknown|no such|unrecognized) tool\b|\btool\b.{0,140}\b(not found|not exist|unknown|removed|renamed)\b",
        Options)]
    private static partial Regex NotKnown();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline;
}
