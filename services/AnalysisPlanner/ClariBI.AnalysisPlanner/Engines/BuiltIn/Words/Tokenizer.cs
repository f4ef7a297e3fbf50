using System.Text.RegularExpressions;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

/// <summary>Splits a question or a name into words: "Play Content", "playContent" and "play_content" give the same two.</summary>
internal static partial class Tokenizer
{
    private static readonly Dictionary<(string, string), string> Compounds = new (string Left, string Right, string Whole)[]
    {
        ("sign", "up", "signup"),
        ("log", "in", "login"),
        ("sign", "in", "login"),
        ("log", "out", "logout"),
        ("sign", "out", "logout"),
        ("check", "out", "checkout"),
        ("on", "board", "onboard"),
        ("e", "mail", "email"),
        ("set", "up", "setup"),
        ("drop", "off", "dropoff"),
        ("mac", "os", "macos"),
        ("play", "list", "playlist"),
        ("wish", "list", "wishlist"),
        ("team", "mate", "teammate"),
        ("work", "space", "workspace"),
        ("i", "phone", "iphone"),
        ("sub", "scribe", "subscribe"),
    }.ToDictionary(line => (line.Left, line.Right), line => line.Whole);

    /// <summary>The words of a question. Contractions are opened and quotations numbered.</summary>
    public static IReadOnlyList<Token> Question(string text)
    {
        var tokens = new List<Token>();
        var quote = 0;
        var quotes = 0;
        foreach (Match match in Pieces().Matches(Plain(text)))
        {
            var piece = match.Value;
            if (piece is "\"")
            {
                quote = quote > 0 ? 0 : ++quotes;
            }
            else if ((piece is ">" && !char.IsAsciiDigit(NextCharacter(text, match.Index + 1)) ? "to" : Symbol(piece)) is { } symbol)
            {
                tokens.Add(new Token(piece, symbol, symbol, match.Index, match.Index + piece.Length, quote));
            }
            else if (char.IsLetterOrDigit(piece[0]))
            {
                AddWord(tokens, piece, match.Index, quote);
            }
        }

        return Compounded(tokens);
    }

    /// <summary>The stems of a vendor's name.</summary>
    public static string[] Name(string name) => [.. Question(name.Replace('"', ' ').Replace("'", "", StringComparison.Ordinal)).Select(token => token.Stem)];

    private static string Plain(string text) =>
        text.Replace('\u2019', '\'').Replace('\u2018', '\'').Replace('\u201c', '"').Replace('\u201d', '"').Replace('\u00a0', ' ').Replace("n't", "n t", StringComparison.Ordinal);

    // "Sign up > purchase" is a path, "price > 20" a bound.
    private static char NextCharacter(string text, int start) => text.AsSpan(start).TrimStart() is [var next, ..] ? next : ' ';

    private static string? Symbol(string piece) => piece switch
    {
        "%" => "percent",
        "&" or "+" => "and",
        "->" or "=>" or "\u2192" => "to",
        "=" => "is",
        "/" => "/",
        "<" or ">" => piece,
        _ => null,
    };

    private static void AddWord(List<Token> tokens, string piece, int start, int quote)
    {
        var apostrophe = piece.IndexOf('\'', StringComparison.Ordinal);
        var bare = apostrophe > 0 ? piece[..apostrophe] : piece;
        foreach (Match part in NameParts().Matches(bare))
        {
            tokens.Add(Token.Of(part.Value, start + part.Index, quote));
        }

        // What's, who're, we've: the second half never carries meaning of its own. The "t" of n't is the negation.
        if (tokens.Count > 1 && tokens[^1].Word == "t")
        {
            var before = tokens[^2];
            var opened = before.Word is "do" or "did" or "does" or "don" or "didn" or "doesn" || before.Word.EndsWith('n');
            tokens.RemoveAt(tokens.Count - 1);
            if (opened)
            {
                tokens[^1] = before with { Word = before.Word.TrimEnd('n'), Stem = before.Word.TrimEnd('n') };
                tokens.Add(new Token("not", "not", "not", before.End, before.End, quote));
            }
        }
    }

    private static List<Token> Compounded(List<Token> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var (left, right) = (tokens[i], tokens[i + 1]);
            if (left.Quote == right.Quote && Compounds.TryGetValue((left.Stem, right.Word.TrimEnd('s')), out var whole))
            {
                tokens[i] = new Token(left.Text + " " + right.Text, whole, Stemmer.Stem(whole), left.Start, right.End, left.Quote);
                tokens.RemoveAt(i + 1);
            }
        }

        return tokens;
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}][\p{L}\p{Nd}_']*|->|=>|[""%&+=/<>\u2192]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Pieces();

    // iOS stays whole: a single small letter before a capital is not a word.
    [GeneratedRegex(@"i(?:OS|Phone|Pad)s?\b|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Nd}]+|\p{Lu}+[\p{Nd}]*|\p{L}+|\p{Nd}+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex NameParts();
}
