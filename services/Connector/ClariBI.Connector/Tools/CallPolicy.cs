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
        }
        catch (JsonException)
        {
            return $"The arguments for {tool.Name} are not a JSON object, or name something twice.";
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return $"The arguments for {tool.Name} are not a JSON object.";
        }

        return verdict.Admission is { } admission ? Judge(tool, admission, arguments) : null;
    }

    private static string? Judge(PublishedTool tool, Admission admission, JsonElement arguments)
    {
        var allowed = string.Join(", ", admission.Values);
        var declared = ToolSchemas.Arguments(tool.InputSchema);
        var given = false;
        foreach (var argument in arguments.EnumerateObject())
        {
            if (argument.Name == admission.Argument)
            {
                given = true;
                if (argument.Value.ValueKind != JsonValueKind.String || !admission.Values.Contains(argument.Value.GetString()!, StringComparer.Ordinal))
                {
                    return $"{tool.Name} is admitted with {admission.Argument} = {allowed} only.";
                }
            }
            else if (LooksLike(argument.Name, admission.Argument) || !declared.Contains(argument.Name))
            {
                return $"{tool.Name} has no argument “{argument.Name}”; such calls are not sent.";
            }
            else if (Hides(argument.Value, admission))
            {
                return $"{tool.Name} is admitted with {admission.Argument} = {allowed} only, also inside “{argument.Name}”.";
            }
        }

        return given || admission.MayOmit ? null : $"{tool.Name} needs {admission.Argument}: {allowed}.";
    }

    /// <summary>The constrained argument again, deeper down, with a value that is not admitted.</summary>
    private static bool Hides(JsonElement value, Admission admission) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(inner =>
            (LooksLike(inner.Name, admission.Argument)
                && !(inner.Value.ValueKind == JsonValueKind.String && admission.Values.Contains(inner.Value.GetString()!, StringComparer.Ordinal)))
            || Hides(inner.Value, admission)),
        JsonValueKind.Array => value.EnumerateArray().Any(inner => Hides(inner, admission)),
        _ => false,
    };

    /// <summary>Equal after what a lenient server might undo: case, width, and anything that is not a letter or a digit.</summary>
    private static bool LooksLike(string name, string argument) =>
        string.Equals(Plain(name), Plain(argument), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) =>
        string.Concat(name.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiLetterOrDigit));
}
