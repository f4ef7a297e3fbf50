using System.Text;
using System.Text.Json;

namespace ClariBI.Connector.Tools;

/// <summary>Judges the arguments of a call to an admitted tool; the verdict on the tool itself is made anew before every call.</summary>
internal static class CallPolicy
{
    private const int DeepestNesting = 32;

    // A name that stands twice would let the vendor read the other one.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DeepestNesting };

    /// <param name="arguments">The arguments as they are to be sent, when the call is admitted.</param>
    /// <returns>A sentence that says why the call is refused; null when it is admitted.</returns>
    public static string? Judge(PublishedTool tool, ToolVerdict verdict, string argumentsJson, out JsonElement arguments)
    {
        arguments = default;
        if (!verdict.IsAdmitted)
        {
            return $"The tool {tool.Name} is not admitted. {verdict.Reason}";
        }

        try
        {
            using var document = JsonDocument.Parse(argumentsJson, Strict);
            arguments = document.RootElement.Clone();
            _ = Texts(arguments);
        }
        catch (InvalidOperationException)
        {
            return $"The arguments for {tool.Name} hold text that is not valid Unicode.";
        }
        catch (JsonException)
        {
            return $"The arguments for {tool.Name} are not a JSON object, or name something twice.";
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return $"The arguments for {tool.Name} are not a JSON object.";
        }

        arguments = AbsentArguments.Without(tool.InputSchema, arguments, verdict.Admission?.Argument);
        return Names(tool, verdict, arguments)
            ?? (verdict.Admission is { } admission ? Narrowed(tool, admission, arguments) : null)
            ?? Statement(tool, arguments)
            ?? ArgumentSchemas.Judge(tool, arguments);
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
    private static string? Names(PublishedTool tool, ToolVerdict verdict, JsonElement arguments)
    {
        var declared = ToolSchemas.Arguments(tool.InputSchema);
        var closed = verdict.Admission is not null || ToolSchemas.IsClosed(tool.InputSchema);
        foreach (var argument in arguments.EnumerateObject())
        {
            if (!declared.Contains(argument.Name) && argument.Name != verdict.Admission?.Argument
                && (closed || Multiplexers.IsChoosing(argument.Name) || declared.Any(name => LooksLike(argument.Name, name))))
            {
                return $"{tool.Name} has no argument “{argument.Name}”; such calls are not sent.";
            }
        }

        return null;
    }

    private static string? Narrowed(PublishedTool tool, Admission admission, JsonElement arguments)
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
                    return $"{tool.Name} is admitted with {admission.Argument} = {allowed} only.";
                }
            }
            else if (LooksLike(argument.Name, admission.Argument))
            {
                return $"{tool.Name} has no argument “{argument.Name}”; such calls are not sent.";
            }
            else if (Hides(argument.Value, admission, 0))
            {
                return $"{tool.Name} is admitted with {admission.Argument} = {allowed} only, also inside “{argument.Name}”.";
            }
        }

        return given || admission.MayOmit ? null : $"{tool.Name} needs {admission.Argument}: {allowed}.";
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
            return false;
        }
    }

    private static bool IsAdmitted(JsonElement value, Admission admission) =>
        value.ValueKind == JsonValueKind.String && admission.Values.Contains(value.GetString()!, StringComparer.Ordinal);

    /// <summary>A statement or program among the arguments, at any depth, that could change something.</summary>
    private static string? Statement(PublishedTool tool, JsonElement value)
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
                return $"The statement in “{argument.Name}” may change data. Only one statement that reads is sent (SELECT, WITH, SHOW, EXPLAIN).";
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
