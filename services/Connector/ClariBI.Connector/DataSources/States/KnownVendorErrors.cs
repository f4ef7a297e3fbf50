using System.Globalization;
using System.Text.RegularExpressions;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.DataSources.States;

/// <param name="Code">One of <see cref="StateCodes"/>.</param>
/// <param name="Sentence">The cause; {0} is the vendor's name.</param>
internal sealed record KnownVendorError(string Code, ToolCallFailure Failure, string Sentence, TimeSpan? RetryAfter)
{
    public ToolCallFailed Describe(string vendor) => new(
        Failure, $"{string.Format(CultureInfo.InvariantCulture, Sentence, vendor)} {StateCodes.Fix(Code, vendor)}", RetryAfter, Code);
}

/// <summary>
/// What vendors say in words instead of statuses, each with one cause and one fix: the one table of such words, by which calls
/// wait and repeat as well. The words are theirs and change; what is not recognised stays an answer of the vendor's.
/// </summary>
internal static partial class KnownVendorErrors
{
    private const int LongestNotice = 1000;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private const string LimitsRate = "{0} limits how often it may be asked.";

    /// <summary>
    /// The first that fits counts, so the narrow ones come first. A limit by rate ends by itself and is waited for; a quota does
    /// not, and many vendors answer both with 429: the number alone comes last.
    /// </summary>
    private static readonly (string Code, ToolCallFailure Failure, string Sentence, Regex Pattern)[] Table =
    [
        (StateCodes.ProjectNotSelected, ToolCallFailure.ProjectNotSelected, "{0} was not told which project to look at.", Pattern(
            @"\b(project|workspace|site|property|environment|team|organi[sz]ation)s?\b.{0,20}\bnot (been )?(selected|chosen|specified|provided|set)\b",
            @"\bno (active |default |current )?(project|workspace|site|property|environment)\b.{0,20}\b(selected|chosen|specified|provided|set)\b",
            @"\b(select|choose|specify|provide) (a|an|one|which|the|your)( \w+)? (project|workspace|property)\b",
            @"\bproject[ _]?ids?\b\W{0,3}.{0,30}\b(required|missing|must be|needs to be|field required)\b",
            @"\b(required|missing)\b.{0,40}\bproject[ _]?ids?\b",
            @"\b(several|multiple|more than one) projects?\b")),
        (StateCodes.McpDisabled, ToolCallFailure.VendorUnavailable, "{0} says that MCP access is turned off for the organization.", Pattern(
            @"\bmcp\b.{0,60}\b(disabled|not enabled|turned off|switched off|blocked|deactivated|not available)\b.{0,60}\b(organi[sz]ation|org|admin\w*|account|workspace|company)\b",
            @"\b(organi[sz]ation|org|admin\w*|account|workspace|company)\b.{0,60}\b(disabled|not enabled|has not enabled|turned off|switched off|blocked|deactivated)\b.{0,60}\bmcp\b",
            @"\bmcp\b.{0,60}\b(disabled|blocked|turned off|not enabled)\b.{0,20}\bby\b",
            @"\b(organi[sz]ation|org|account|workspace|company)\b.{0,40}\bmcp\b.{0,40}\b(disabled|not enabled|turned off|switched off|blocked|deactivated)\b")),
        (StateCodes.RoleLacksMcp, ToolCallFailure.VendorUnavailable, "{0} says that this account's role may not use MCP.", Pattern(
            @"\buse mcp\b",
            @"\b(role|permissions?|user|you|account)\b.{0,60}\b(lacks?|lacking|missing|without|not have|does ?n.t have|do ?n.t have|not allowed|not permitted|no)\b.{0,60}\bmcp\b",
            @"\bmcp\b.{0,60}\bpermissions?\b.{0,30}\b(required|missing|denied|needed)\b",
            @"\b(requires?|needs?|missing)\b.{0,40}\bmcp\b.{0,30}\bpermission")),
        (StateCodes.RegionMismatch, ToolCallFailure.NeedsReauthorization, "{0} says that the account lives in another region.", Pattern(
            @"\bregion[ _-]?mismatch\b", @"\bwrong (data )?(region|data ?cent(er|re)|residency)\b",
            @"\b(another|different|other) (data )?(region|data ?cent(er|re)|residency)\b",
            @"\b(account|org|organi[sz]ation|project|token|user)\b.{0,50}\b(eu|us|european|european union|united states)\b.{0,12}\b(region|data ?cent(er|re)|residency|server)\b")),
        (StateCodes.RateLimited, ToolCallFailure.RateLimited, LimitsRate, Pattern(
            @"\brate[ _-]?limit", @"\btoo[ _-]?many[ _-]?requests\b", @"\bthrottl(ed|ing)\b", @"\bconcurren(t|cy)\b.{0,30}\blimit")),
        (StateCodes.QuotaExhausted, ToolCallFailure.RateLimited, "{0} says that a quota is used up.", Pattern(
            @"\bquota\b.{0,40}\b(exceed\w*|exhausted|reached|used up|over)\b", @"\b(exceed\w*|exhausted|reached|over|insufficient)\b.{0,40}\bquota\b",
            @"\b(daily|monthly|hourly|weekly|usage|credit|plan)\b.{0,20}\blimit\b.{0,20}\b(exceed\w*|reached|hit)\b",
            @"\b(reached|exceeded|hit)\b.{0,20}\b(daily|monthly|hourly|weekly|usage|credit|plan)\b.{0,20}\blimit\b",
            @"\bout of credits\b", @"\bpayment required\b")),
        (StateCodes.RateLimited, ToolCallFailure.RateLimited, LimitsRate, Pattern(@"^\W*429\b", @"\b(http|status|code|error)\W{0,4}429\b")),
    ];

    /// <param name="isError">The vendor's own word that its answer is an error. Some say so in a good result, in few words.</param>
    /// <returns>Null when the answer is none of these.</returns>
    public static KnownVendorError? Recognise(string text, bool isError)
    {
        if (!isError && (text.Length > LongestNotice || !ErrorEnvelopes.Is(text)))
        {
            return null;
        }

        var words = LongQuotation().Replace(ErrorEnvelopes.Words(text), quoted => quoted.Value.Contains("MCP", StringComparison.OrdinalIgnoreCase) ? quoted.Value : " ");
        var found = Array.Find(Table, row => row.Pattern.IsMatch(words));
        return found.Code is null ? null : new KnownVendorError(
            found.Code, found.Failure, found.Sentence,
            found.Failure == ToolCallFailure.RateLimited ? SaidWait.Read(words) ?? SaidWait.Read(ErrorEnvelopes.Cut(text)) : null);
    }

    private static Regex Pattern(params string[] alternatives) => new(string.Join('|', alternatives), Options);

    /// <summary>Names of a person's own things, which may hold any words: quoted, with a space inside. Permissions are quoted as well.</summary>
    [GeneratedRegex("""(["'`“‘])(?=[^"'`”’]*\s)[^"'`”’]{1,200}["'`”’]""", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex LongQuotation();
}

/// <summary>The vendor answered with one of the errors that have a known fix.</summary>
internal sealed class KnownVendorErrorException(KnownVendorError error) : Exception(error.Code)
{
    public KnownVendorError Error { get; } = error;
}
