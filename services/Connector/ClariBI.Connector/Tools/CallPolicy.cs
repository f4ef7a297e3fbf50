using System.Text;
using System.Text.Json;

namespace ClariBI.Connector.Tools;

/// <param name="Sentence">Why the call is not sent.</param>
/// <param name="IsPolicy">It might not only read; else it only does not fit what the tool takes.</param>
internal sealed record CallRefusal(string Sentence, bool IsPolicy)
{
    public static CallRefusal MayWrite(string sentence) => new(sentence, IsPolicy: true);

    public static CallRefusal DoesNotFit(string sentence) => new(sentence, IsPolicy: false);
}

/// <summary>Judges the arguments of a call to an admitted tool; the verdict on the tool itself is made anew before every call.</summary>
internal static class CallPolicy
{
    private const int DeepestNesting = 32;
    private const int MostNamed = 20;

    // A name that stands twice would let the vendor read the other one.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DeepestNesting };

    /// <param name="arguments">The arguments as they are to be sent, when the call is admitted.</param>
    /// <returns>Null when the call is admitted.</returns>
    public static CallRefusal? Judge(PublishedTool tool, ToolVerdict verdict, string argumentsJson, out JsonElement arguments)
    {
        arguments = default;
        if (!verdict.IsAdmitted)
        {
            return CallRefusal.MayWrite($"The tool {tool.Name} is not admitted. {verdict.Reason}");
        }

        try
        {
            using var document = JsonDocument.Parse(argumentsJson, Strict);
            arguments = document.RootElement.Clone();
            _ = Texts(arguments);
        }
        catch (InvalidOperationException)
        {
            return CallRefusal.DoesNotFit($"The arguments for {tool.Name} hold text that is not valid Unicode.");
        }
        catch (JsonException)
        {
            return IsJson(argumentsJson)
                ? CallRefusal.MayWrite($"The arguments for {tool.Name} name something twice, and the vendor might read the other one.")
                : CallRefusal.DoesNotFit($"The arguments for {tool.Name} are not a JSON object, or are nested more than {DeepestNesting} deep.");
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return CallRefusal.DoesNotFit($"The arguments for {tool.Name} are not a JSON object.");
        }

        arguments = AbsentArguments.Without(tool.InputSchema, arguments, verdict.Admission?.Argument);
        return (verdict.Admission is { } admission ? Narrowed(tool, admission, arguments) : null)
            ?? Statement(tool, arguments)
            ?? Names(tool, verdict, arguments)
            ?? (ArgumentSchemas.Judge(tool, arguments) is { } misfit ? CallRefusal.DoesNotFit(misfit) : null);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads every name and text once: half a surrogate pair parses as JSON and fails only when somebody reads it.</summary>
    /// <exception cref="InvalidOperationException">One of them is no text.</exception>
    private static int Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(member => member.Name.Length + Texts(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(Texts),
        JsonValueKind.String => value.GetString()!.Length,
        _ => 0,
    };

    /// <summary>
    /// An argument that the schema does not have may still be read by the vendor: it is refused where the schema or the policy
    /// closes the list, where it imitates one that is declared, and where it chooses what is done.
    /// </summary>
    private static CallRefusal? Names(PublishedTool tool, ToolVerdict verdict, JsonElement arguments)
    {
        var declared = ToolSchemas.Arguments(tool.InputSchema);
        var closed = ToolSchemas.IsClosed(tool.InputSchema);
        foreach (var argument in arguments.EnumerateObject().Where(argument => !declared.Contains(argument.Name) && argument.Name != verdict.Admission?.Argument))
        {
            // A tool that writes as well may do so by an argument that nobody has told us of.
            if (Multiplexers.IsChoosing(argument.Name) || (verdict.Admission is not null && !closed))
            {
                return CallRefusal.MayWrite($"{tool.Name} has no argument “{argument.Name}”; such calls are not sent.");
            }

            var meant = declared.FirstOrDefault(name => LooksLike(argument.Name, name));
            if (closed || meant is not null)
            {
                return CallRefusal.DoesNotFit($"{tool.Name} has no argument “{argument.Name}”. {Advice(declared, meant)}");
            }
        }

        return null;
    }

    private static string Advice(HashSet<string> declared, string? meant) =>
        meant is not null ? $"Write it “{meant}”."
        : declared.Count == 0 ? "It takes none."
        : $"It takes {Wording.And([.. declared.Order(StringComparer.Ordinal).Take(MostNamed)])}{(declared.Count > MostNamed ? ", and more" : "")}.";

    private static CallRefusal? Narrowed(PublishedTool tool, Admission admission, JsonElement arguments)
    {
        var allowed = string.Join(", ", admission.Values);
        var given = false;
        foreach (var argument in arguments.EnumerateObject())
        {
            if (argument.Name == admission.Argument)
            {
                given = true;
                if (!IsAdmitted(argument.Value, admission))
                {
                    return CallRefusal.MayWrite($"{tool.Name} is admitted with {admission.Argument} = {allowed} only.");
                }
            }
            else if (LooksLike(argument.Name, admission.Argument))
            {
                return CallRefusal.MayWrite($"{tool.Name} has no argument “{argument.Name}”; such calls are not sent.");
            }
            else if (Hides(argument.Value, admission, 0))
            {
                return CallRefusal.MayWrite($"{tool.Name} is admitted with {admission.Argument} = {allowed} only, also inside “{argument.Name}”.");
            }
        }

        return given || admission.MayOmit ? null : CallRefusal.MayWrite($"{tool.Name} needs {admission.Argument}: {allowed}.");
    }

    /// <summary>The constrained argument again, deeper down or in a text that is JSON itself, with a value that is not admitted.</summary>
    private static bool Hides(JsonElement value, Admission admission, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(inner =>
            (LooksLike(inner.Name, admission.Argument) && !IsAdmitted(inner.Value, admission)) || Hides(inner.Value, admission, depth)),
        JsonValueKind.Array => value.EnumerateArray().Any(inner => Hides(inner, admission, depth)),
        JsonValueKind.String when value.GetString()!.TrimStart() is ['{' or '[' or '"', ..] text => HidesIn(text, admission, depth),
        _ => false,
    };

    private static bool HidesIn(string text, Admission admission, int depth)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestNesting, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return depth > 3 || Hides(document.RootElement, admission, depth + 1);
        }
        catch (JsonException)
        {
            return IsDeep(text);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, behind which anything may stand.
            return true;
        }
    }

    /// <summary>Nested deeper than is looked at, whatever follows: that is no answer to what it holds.</summary>
    private static bool IsDeep(string text)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = int.MaxValue, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= DeepestNesting)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // A text that begins like JSON and is none.
        }

        return false;
    }

    private static bool IsAdmitted(JsonElement value, Admission admission) =>
        value.ValueKind == JsonValueKind.String && admission.Values.Contains(value.GetString()!, StringComparer.Ordinal);

    /// <summary>A statement or program among the arguments, at any depth, that could change something.</summary>
    private static CallRefusal? Statement(PublishedTool tool, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            return value.EnumerateArray().Select(inner => Statement(tool, inner)).FirstOrDefault(refusal => refusal is not null);
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        foreach (var argument in value.EnumerateObject())
        {
            var texts = argument.Value.ValueKind == JsonValueKind.Array ? argument.Value.EnumerateArray().ToArray() : [argument.Value];
            if (Array.Exists(texts, text => text.ValueKind == JsonValueKind.String && !Statements.Reads(argument.Name, text.GetString()!)))
            {
                return CallRefusal.MayWrite($"The statement in “{argument.Name}” may change data. Only one statement that reads is sent (SELECT, WITH, SHOW, EXPLAIN).");
            }

            if (Statement(tool, argument.Value) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Equal after what a lenient server might undo: case, width, and anything that is not a letter or a digit.</summary>
    private static bool LooksLike(string name, string argument) =>
        string.Equals(Plain(name), Plain(argument), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) =>
        string.Concat(name.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiLetterOrDigit));
}
