using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.Connector.Tools.Naming;

namespace ClariBI.Connector.Tools;

/// <summary>Finds the argument by which one tool does many things, some of which write: an action, a statement, a command.</summary>
internal static partial class Multiplexers
{
    /// <summary>Arguments that choose what is done.</summary>
    private static readonly HashSet<string> Choosing = new(StringComparer.Ordinal)
    {
        "action", "actions", "operation", "operations", "method", "command", "subcommand", "op", "ops", "verb", "mode", "actiontype", "operationtype", "httpmethod",
        "requestmethod", "commandtype", "task", "function", "func", "tool", "intent", "step", "directive", "procedure", "crud", "subaction", "queryaction", "actionname",
        "operationname", "querytype", "requesttype", "accessmode",
    };

    /// <summary>Arguments that do so in some tools and filter in others.</summary>
    private static readonly HashSet<string> Perhaps = new(StringComparer.Ordinal) { "type", "kind", "event", "eventtype", "what", "target", "category", "name", "do" };

    private static readonly HashSet<string> Programs = new(StringComparer.Ordinal)
    {
        "command", "cmd", "script", "code", "shell", "bash", "javascript", "python", "js", "expression", "program", "args", "argv", "cli", "commands", "function", "functionbody",
    };

    private static readonly HashSet<string> Statements = new(StringComparer.Ordinal) { "sql", "query", "statement", "statements", "sqlquery", "cypher", "graphql", "mutation", "sqlstatement" };

    private static readonly HashSet<string> Callees = new(StringComparer.Ordinal)
    {
        "toolname", "tool", "actionname", "actionid", "toolslug", "operationid", "endpoint", "apipath", "methodname", "procedurename", "rpcmethod",
    };

    private static readonly HashSet<string> Payloads = new(StringComparer.Ordinal) { "arguments", "args", "params", "parameters", "input", "inputs", "payload", "body", "data", "toolarguments", "toolinput" };

    /// <returns>The argument's name; null when the schema speaks of none.</returns>
    public static string? Find(JsonElement schema, NameForm form, bool annotationsUnknown)
    {
        var arguments = SchemaArguments.Of(schema);
        return arguments.FirstOrDefault(argument => Chooses(argument, form)).Name
            ?? (form == NameForm.Reading ? null : FreeProgram(arguments, form, annotationsUnknown));
    }

    /// <summary>Whether an argument of this name chooses what a tool does.</summary>
    public static bool IsChoosing(string name) => Choosing.Contains(Plain(name.Normalize(System.Text.NormalizationForm.FormKC)));

    private static bool Chooses(SchemaArgument argument, NameForm form)
    {
        var plain = Plain(argument.Name);
        if (argument.IsBoolean)
        {
            return NameParts.Of(argument.Name) is [var first, ..] parts && parts.Count > 1 && first.Kind == WordKind.Writing && first.Text is not ("include" or "exclude" or "skip"
                or "ignore" or "extend" or "expand" or "return" or "flatten" or "simplify" or "truncate" or "format" or "omit" or "enable" or "disable" or "refresh" or "force"
                or "normalize" or "use" or "allow" or "apply" or "follow" or "trim" or "deduplicate" or "recalculate" or "reverse" or "enrich" or "ensure" or "prefetch");
        }

        var choosing = Choosing.Contains(plain);
        if (!choosing && !Perhaps.Contains(plain))
        {
            return false;
        }

        var values = argument.Values.Count > 0 ? argument.Values : choosing ? Described(argument.Description) : [];
        var writes = values.Any(IsWriting);
        if (!writes || form != NameForm.Reading)
        {
            return writes && (choosing || values.Any(value => NameParts.Of(value) is [{ Kind: WordKind.Writing }, ..]));
        }

        // A filter of a list that reads (actions of an audit log) holds no reading actions beside the writing ones.
        var mixes = values.Any(value => NameParts.Of(value) is [{ Kind: WordKind.Reading or WordKind.ReadingOrNoun }, ..]);
        return (choosing && argument.IsRequired) || (mixes && !NameParts.Of(argument.Owner).Exists(part => part.Text is "filter" or "filters"));
    }

    /// <summary>Whether a value names something that writes, by its first verb.</summary>
    public static bool IsWriting(string value)
    {
        var parts = NameParts.Of(value);
        return parts.Count is > 0 and < 6 && (parts[0].Kind is WordKind.Writing or WordKind.WritingOrNoun
            || (parts[0].Kind == WordKind.NounOrWriting && parts.Count == 1 && parts[0].Text is "post" or "tag" or "comment" or "message" or "email" or "log")
            || parts.Exists(part => part.Kind == WordKind.Writing));
    }

    private static string? FreeProgram(List<SchemaArgument> arguments, NameForm form, bool annotationsUnknown)
    {
        if (arguments.Find(argument => argument.IsFreeText && Programs.Contains(Plain(argument.Name))).Name is { } program)
        {
            return program;
        }

        if (arguments.Find(argument => Callees.Contains(Plain(argument.Name)) && argument.Owner.Length == 0).Name is { } callee
            && arguments.Exists(argument => Payloads.Contains(Plain(argument.Name)) && argument.Owner.Length == 0))
        {
            return callee;
        }

        return annotationsUnknown || form == NameForm.Executing
            ? arguments.Find(argument => argument.IsFreeText && Statements.Contains(Plain(argument.Name))).Name
            : null;
    }

    /// <summary>The values that a description lists: <c>One of: get, create</c>, or in quotes.</summary>
    private static List<string> Described(string description)
    {
        if (description.Length is 0 or > 4000)
        {
            return [];
        }

        var quoted = Quoted().Matches(description).Select(match => match.Groups[1].Value).ToList();
        return quoted.Count > 0 ? quoted
            : Listing().Match(description) is { Success: true } listing
                ? [.. listing.Groups[1].Value.Split([',', '|', '/', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(word => word != "or" && word != "and")]
                : [];
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex("[\"'`“‘]([A-Za-z_-]{2,40})[\"'`”’]", RegexOptions.None, 200)]
    private static partial Regex Quoted();

    [GeneratedRegex("(?:one of|either|values?|actions?|operations?|methods?|options?|modes?|commands?|supported|allowed)[^:(]{0,30}[:(] *([A-Za-z_, |/;-]{3,400})", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Listing();
}
