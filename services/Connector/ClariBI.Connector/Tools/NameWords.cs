using System.Text.RegularExpressions;

namespace ClariBI.Connector.Tools;

/// <summary>
/// The words of a tool's name may refuse it and never admit it. Verbs that can only write refuse wherever they stand. Words
/// that are nouns as well (<c>get_share_link</c>, <c>list_updates</c>) refuse unless a reading verb comes before them and
/// nothing joins them to it (<c>find_or_update</c>, <c>get_and_set</c>).
/// </summary>
internal static partial class NameWords
{
    private static readonly HashSet<string> Reading = Set(
        "get list search find query read fetch describe show view count lookup retrieve browse explain summarize analyze inspect check compare preview discover");

    private static readonly HashSet<string> Writing = Set(
        "create delete remove add send save modify rename insert upsert destroy purge erase wipe truncate manage append overwrite replace " +
        "unsubscribe unpublish unarchive unshare enable disable activate deactivate revoke approve reject execute submit enroll unenroll " +
        "unmute ban unban kick apply configure provision reassign terminate confirm unassign untag unlink unpin unlock unblock undo");

    private static readonly HashSet<string> WritingOrNoun = Set(
        "update edit write refund set share restore archive publish subscribe import export merge close invite grant post reply assign cancel " +
        "copy duplicate clone fork sync charge pay payout transition trigger run start stop pause resume schedule track register attach " +
        "detach lock mark pin star follow join leave vote react block convert complete void capture release revert rotate connect " +
        "disconnect install uninstall change adjust buy book make draft forward notify call reopen resolve snooze mute commit push patch " +
        "move put drop deploy rollback upload transfer reset generate");

    /// <summary>Nouns first of all: they command only at the beginning of a name (<c>tag_user</c>), and not before a reading verb (<c>tag_list</c>).</summary>
    private static readonly HashSet<string> NounOrWriting = Set(
        "report issue message email text alert order log rate flag comment tag label link record load batch bulk request");

    private static readonly HashSet<string> Joining = Set("and or then to");

    /// <returns>Null when no word speaks against the tool.</returns>
    public static Refusal? Judge(string name)
    {
        if (!Plain().IsMatch(name))
        {
            return new Refusal(PolicyLayer.Name, "Its name holds characters that a tool's name does not have.");
        }

        var words = Split(name);
        for (var index = 0; index < words.Count; index++)
        {
            if (Commands(words, index))
            {
                return new Refusal(PolicyLayer.Name, $"Its name says that it changes something (“{words[index]}”).");
            }
        }

        return words.Count == 1 && Writing.Any(verb => verb.Length > 3 && words[0].StartsWith(verb, StringComparison.Ordinal))
            ? new Refusal(PolicyLayer.Name, $"Its name begins with a word that changes something (“{words[0]}”).")
            : null;
    }

    /// <summary>Whether a word tells of a change wherever it stands: also asked of the values of an argument.</summary>
    public static bool IsWriting(string value) => Split(value) is [var first, ..] && (Writing.Contains(first) || WritingOrNoun.Contains(first));

    /// <summary>Splits snake, kebab, dotted, spaced and camel case; an acronym is one word.</summary>
    public static List<string> Split(string name) => [.. Words().Matches(name).Select(word => word.Value.ToLowerInvariant())];

    private static bool Commands(List<string> words, int index)
    {
        var word = words[index];
        if (Writing.Contains(word))
        {
            return true;
        }

        if (NounOrWriting.Contains(word))
        {
            return index == 0 && words.Count > 1 && !Reading.Contains(words[1]);
        }

        // A vendor's prefix may stand before the verb: the first two words count (amplitude_get_share_link).
        var readsBefore = words.Take(Math.Min(index, 2)).Any(Reading.Contains);
        var joined = index > 0 && Joining.Contains(words[index - 1]);
        return WritingOrNoun.Contains(word) && (joined || !readsBefore);
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9_./ -]{1,128}$")]
    private static partial Regex Plain();

    [GeneratedRegex("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")]
    private static partial Regex Words();
}
