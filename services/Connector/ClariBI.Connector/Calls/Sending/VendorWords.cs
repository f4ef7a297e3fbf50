using System.Text.RegularExpressions;

namespace ClariBI.Connector.Calls.Sending;

/// <summary>What vendors say of the call itself in the words of a result; of limits and accounts see <see cref="DataSources.States.KnownVendorErrors"/>.</summary>
internal static partial class VendorWords
{
    public const string HeaderMismatch = "The headers of the call did not match it.";

    private const int LongestRead = 2000;

    /// <summary>The vendor knows the tool, or its arguments, no longer as it listed them.</summary>
    public static bool DoNotKnow(string text) => NotKnown().IsMatch(text.Length <= LongestRead ? text : text[..LongestRead]);

    /// <summary>It names this very tool as one that it does not have.</summary>
    public static bool IsGone(string text, string tool)
    {
        var start = text.Length <= LongestRead ? text : text[..LongestRead];
        return start.Contains(tool, StringComparison.Ordinal) && NoSuchTool().IsMatch(start.Replace(tool, "NAME", StringComparison.Ordinal));
    }

    /// <summary>What a tool is not available or supported for (a plan, a role) is a reason that it exists.</summary>
    [GeneratedRegex(
        @"\b(unknown|no such|unrecognized|unsupported|nonexistent|invalid) tool( name)?\b\W{0,6}(named |called |: ?)?\W{0,3}NAME\b"
        + @"|\btool\b\W{0,3}(named |called |name )?\W{0,3}NAME\W{1,4}(((is|was|has|does|could|can) )?(not|no longer)|(is|was|has|does|could|ca)n\W?t|cannot) (be |been )?(found|exists?|known|registered)\b"
        + @"|\btool\b\W{0,3}(named |called |name )?\W{0,3}NAME\W{1,4}((is|was|has been) )?(unknown|removed|renamed)\b"
        + @"|\bNAME\W{1,4}(is not a|is no) (known |valid |registered )?tool\b|\bno tool\b.{0,12}\bNAME\b",
        Options)]
    private static partial Regex NoSuchTool();

    [GeneratedRegex(
        @"-32602\b|\binvalid (params|arguments?|tool)\b|\binput validation error\b|\b(unknown|no such|unrecognized) tool\b|\btool\b.{0,140}\b(not found|not exist|unknown|removed|renamed)\b",
        Options)]
    private static partial Regex NotKnown();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline;
}
