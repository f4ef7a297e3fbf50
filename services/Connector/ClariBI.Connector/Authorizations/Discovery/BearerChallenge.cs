using System.Text;

namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>
/// Reads the parameters of the Bearer challenge in a <c>WWW-Authenticate</c> header (RFC 9110 section 11.6.1). Commas inside
/// quotes are data, and the parameter that is wanted need not come first.
/// </summary>
internal static class BearerChallenge
{
    /// <returns>Of the first Bearer challenge in the answer's headers; null when there is none.</returns>
    public static IReadOnlyDictionary<string, string>? Of(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var headers)
            ? headers.Select(Parse).OfType<IReadOnlyDictionary<string, string>>().FirstOrDefault()
            : null;

    /// <returns>Null when the header holds no Bearer challenge.</returns>
    public static IReadOnlyDictionary<string, string>? Parse(string header)
    {
        Dictionary<string, string>? parameters = null;
        var inBearer = false;
        var position = 0;
        while (true)
        {
            // A stray sign must not hold up the reader.
            Skip(header, ref position, " \t,=\"");
            var name = Token(header, ref position);
            if (name.Length == 0)
            {
                return parameters;
            }

            var afterName = position;
            Skip(header, ref position, " \t");
            if (position < header.Length && header[position] == '=')
            {
                position++;
                Skip(header, ref position, " \t");
                var value = position < header.Length && header[position] == '"' ? Quoted(header, ref position) : Token(header, ref position);
                if (inBearer)
                {
                    parameters!.TryAdd(name, value);
                }
            }
            else
            {
                position = afterName;
                inBearer = parameters is null && name.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
                if (inBearer)
                {
                    parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                }
            }
        }
    }

    private static void Skip(string text, ref int position, string characters)
    {
        while (position < text.Length && characters.Contains(text[position], StringComparison.Ordinal))
        {
            position++;
        }
    }

    private static string Token(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && !" \t,=\"".Contains(text[position], StringComparison.Ordinal))
        {
            position++;
        }

        return text[start..position];
    }

    private static string Quoted(string text, ref int position)
    {
        var value = new StringBuilder();
        for (position++; position < text.Length && text[position] != '"'; position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                position++;
            }

            value.Append(text[position]);
        }

        // Past the closing quote, where there is one.
        position = Math.Min(position + 1, text.Length);
        return value.ToString();
    }
}
