namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

/// <summary>A word of a question or a name.</summary>
/// <param name="Text">As written.</param>
/// <param name="Word">In lower case, after spelling correction.</param>
/// <param name="Quote">Number of the quotation the word stands in; 0 outside quotation marks.</param>
internal sealed record Token(string Text, string Word, string Stem, int Start, int End, int Quote = 0)
{
    public bool IsNumber => Word.All(char.IsAsciiDigit);

    public static Token Of(string text, int start, int quote = 0) =>
        new(text, text.ToLowerInvariant(), Stemmer.Stem(text.ToLowerInvariant()), start, start + text.Length, quote);
}
