using System.Text.RegularExpressions;

namespace ClariBI.Connector.Tools;

/// <summary>
/// Tells statements that read (SQL, Cypher, GraphQL) from those that may write: by their words, without parsing them, so that what
/// it does not understand in a statement is refused. Text that is no statement passes.
/// </summary>
internal static partial class Statements
{
    private static readonly HashSet<string> Languages = new(StringComparer.Ordinal)
    {
        "sql", "sqlquery", "sqltext", "rawsql", "sqlstatement", "statement", "statements", "sqlstatements", "sqlstring",
    };

    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal)
    {
        "query", "queries", "querytext", "querystring", "cypher", "cypherquery", "graphql", "graphqlquery", "gql", "q", "command", "text", "expression", "body", "input",
    };

    /// <param name="argument">The argument's name: where it says SQL, nothing but SQL that reads passes.</param>
    public static bool Reads(string argument, string text)
    {
        var name = string.Concat(argument.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        if (!Languages.Contains(name) && !Texts.Contains(name))
        {
            return true;
        }

        if (text.Length > 64 * 1024 || text.Contains("/*!", StringComparison.Ordinal))
        {
            return !Languages.Contains(name) && text.Length <= 64 * 1024;
        }

        var bare = Comments().Replace(Literals().Replace(text, " '' "), " ").Trim();
        if (Mutation().IsMatch(bare))
        {
            return false;
        }

        if (!Languages.Contains(name) && !Opening().IsMatch(bare))
        {
            return true;
        }

        var end = bare.IndexOf(';', StringComparison.Ordinal);
        return ReadingOpening().IsMatch(bare)
            && (end < 0 || bare.AsSpan(end).Trim("; \r\n\t").IsEmpty)
            && !(bare.StartsWith("show", StringComparison.OrdinalIgnoreCase) ? ChangingBesidesShow() : Changing()).IsMatch(bare);
    }

    [GeneratedRegex(@"'(?:[^'\\]|''|\\.)*'|""(?:[^""\\]|""""|\\.)*""|`[^`]*`|\$(\w*)\$.*?\$\1\$", RegexOptions.Singleline, 200)]
    private static partial Regex Literals();

    [GeneratedRegex(@"--[^\r\n]*|/\*.*?\*/", RegexOptions.Singleline, 200)]
    private static partial Regex Comments();

    /// <summary>How statements begin that are told from other text by it.</summary>
    [GeneratedRegex(
        @"^\(*\s*(?:select\b.*\bfrom\b|with\s+(?:recursive\s+)?\S+\s*(?:\(|as\b)|explain\s+\S|match\s*\(|optional\s+match|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|(?:drop|alter|truncate)\s+(?:table|view|index|schema|database|user|role|column|materialized)\b|create\s+(?:or\s+replace\s+)?(?:temp\w*\s+)?(?:table|view|index|schema|database|user|role|function|procedure|materialized|trigger)\b|merge\s+into\b|merge\s*\(|create\s*\(|grant\s+\w+\s+(?:on|to)\b|revoke\s+\w+\s+(?:on|from)\b|copy\s+\S+\s+(?:from|to)\b|call\s+\S+\s*\(|exec(?:ute)?\s+\S+|replace\s+into\b|begin\b\s*(?:;|transaction)|set\s+\S+\s*=|do\s+''|vacuum\b|pragma\s|attach\s|load\s+data)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline, 200)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^\(*\s*(?:select|with|show|explain|describe|desc|values|match|optional\s+match|unwind|return|from)\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex ReadingOpening();

    [GeneratedRegex(
        @"\b(?:insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|call|exec|execute|copy|into|replace\s+into|upsert|detach|remove|foreach|load|vacuum|attach|reindex|lock|set\s+\S+\s*=|nextval|setval|set_config|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|lo_\w+|dblink\w*|xp_\w+|sp_\w+|load_file|load_extension|outfile|dumpfile|sleep|pg_sleep|benchmark)\b",
        RegexOptions.IgnoreCase, 200)]
    private static partial Regex Changing();

    [GeneratedRegex(@"\b(?:insert|update|delete|merge|drop|alter|truncate|grant|revoke|call|exec|execute|into|set\s+\S+\s*=)\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex ChangingBesidesShow();

    /// <summary>A GraphQL document with an operation that writes.</summary>
    [GeneratedRegex(@"(?:^|\})\s*(?:mutation|subscription)\b[^{}]*\{", RegexOptions.IgnoreCase | RegexOptions.Singleline, 200)]
    private static partial Regex Mutation();
}
