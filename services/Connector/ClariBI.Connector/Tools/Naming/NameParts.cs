using System.Text.RegularExpressions;

namespace ClariBI.Connector.Tools.Naming;

/// <param name="Text">In lower case.</param>
/// <param name="StartsSegment">Whether a dot, slash, colon or double underscore stands before it.</param>
internal readonly record struct NamePart(string Text, bool StartsSegment)
{
    public WordKind Kind => Lexicon.KindOf(Text);
}

/// <summary>Takes a tool's name apart into words.</summary>
internal static partial class NameParts
{
    /// <summary>Whether it consists of what tools' names consist of; an invisible or foreign letter may hide a word.</summary>
    public static bool IsPlain(string name) => Plain().IsMatch(name);

    public static List<NamePart> Of(string name)
    {
        var parts = new List<NamePart>();
        var end = 0;
        foreach (Match word in Words().Matches(name))
        {
            var gap = name.AsSpan(end, word.Index - end);
            var text = word.Value.ToLowerInvariant();
            var segment = parts.Count > 0 && (gap.ContainsAny("./:") || gap.Contains("__", StringComparison.Ordinal));
            end = word.Index + word.Length;
            if (!segment && parts.Count > 0 && Lexicon.Is($"{parts[^1].Text}_{text}", "pairs"))
            {
                // Two words that mean one thing.
                parts[^1] = parts[^1] with { Text = parts[^1].Text + text };
            }
            else
            {
                parts.Add(new NamePart(text, segment));
            }
        }

        return parts;
    }

    /// <summary>Without the vendor's own name in front of the verb (<c>close_list_leads</c> of Close).</summary>
    public static List<NamePart> WithoutVendor(List<NamePart> parts, string? vendor)
    {
        var own = string.Concat((vendor ?? "").Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        for (int count = 1, length = 0; count < parts.Count && own.Length > 0; count++)
        {
            length += parts[count - 1].Text.Length;
            if (length == own.Length && string.Concat(parts.Take(count).Select(part => part.Text)) == own)
            {
                return parts[count].Kind is WordKind.Plain or WordKind.NounOrWriting ? parts : parts[count..];
            }
        }

        return parts;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_./: -]{1,128}\z")]
    private static partial Regex Plain();

    [GeneratedRegex("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")]
    private static partial Regex Words();
}
