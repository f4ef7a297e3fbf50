using System.Text.Json;

namespace ClariBI.Sandbox.Data;

/// <summary>Reads org.json. Whatever is wrong with it is said in one message that names the fields, before anything is served.</summary>
internal static class OrganisationReading
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private const int MostProblems = 20;

    public static async Task<OrganisationFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new DataFolderException($"{path} does not exist. The README describes the data folder; an empty one is filled with sample data.");
        }

        var file = await ParseAsync(path, cancellationToken);
        var problems = OrganisationCheck.Problems(file);
        return problems.Count == 0 ? file : throw new DataFolderException(string.Join('\n', problems.Take(MostProblems).Prepend($"{path} has {(problems.Count == 1 ? "a mistake" : $"{problems.Count} mistakes")}:")));
    }

    private static async Task<OrganisationFile> ParseAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllBytesAsync(path, cancellationToken);
            using var document = JsonDocument.Parse(text.AsMemory(text.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return FindHole(document.RootElement, "") is { } hole ? throw new DataFolderException($"{path}: {hole}: null is not allowed in a list.")
                : document.Deserialize<OrganisationFile>(Json) ?? throw new DataFolderException($"{path} is empty.");
        }
        catch (JsonException problem)
        {
            var line = problem.LineNumber is { } number ? $", line {number + 1}" : "";
            throw new DataFolderException($"{path}{line}: {Plain(problem)}");
        }
    }

    /// <summary>Where a list holds null; charts and definitions are not looked into.</summary>
    private static string? FindHole(JsonElement element, string place) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select((item, index) => item.ValueKind == JsonValueKind.Null ? $"{place}[{index}]" : FindHole(item, $"{place}[{index}]")).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => element.EnumerateObject().Where(property => property.Name is not ("chart" or "definition"))
            .Select(property => FindHole(property.Value, place.Length == 0 ? property.Name : $"{place}.{property.Name}")).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>The reader's own words with the names of our types taken out; "$.organisations[0]" says where.</summary>
    private static string Plain(JsonException problem)
    {
        var field = string.IsNullOrEmpty(problem.Path) || problem.Path == "$" ? "" : problem.Path.Replace("$.", "", StringComparison.Ordinal) + ": ";
        var missing = problem.Message.IndexOf("missing required properties including: ", StringComparison.Ordinal);
        if (missing >= 0)
        {
            var names = problem.Message[(missing + "missing required properties including: ".Length)..].Split('.')[0];
            return $"{field}{names} is required.";
        }

        return problem.Message.Contains("doesn't allow", StringComparison.Ordinal) ? $"{field}null is not allowed here."
            : problem.Message.Contains("could not be converted", StringComparison.Ordinal) ? $"{field}the value has the wrong type."
            : $"{field}not valid JSON: {problem.Message.Split(" Path:")[0]}";
    }
}
