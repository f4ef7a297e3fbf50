using System.Text.Json;
using ClariBI.Connector;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Vendors;
using Microsoft.Extensions.Options;

namespace ClariBI.Policy.Classify;

/// <summary>
/// Runs the Connector's policy over lines <c>vendor⇥tool[⇥annotations[⇥input schema]]</c>. Without annotations, or with an empty
/// column, they are not known and the name alone decides; <c>{}</c> and <c>null</c> say that the vendor published none.
/// A tool that is admitted for some values of an argument only is not admitted whole: deny.
/// </summary>
internal static class Classifier
{
    private static readonly VendorCatalogue Catalogue = new(Options.Create(new ConnectorOptions()), null!);
    private static readonly JsonElement NoSchema = JsonSerializer.SerializeToElement(new { });

    /// <exception cref="FormatException">A line is malformed; the message says which, and why.</exception>
    public static List<string> Classify(TextReader input)
    {
        var judged = new List<string>();
        for (var number = 1; input.ReadLine() is { } line; number++)
        {
            try
            {
                judged.Add(Classify(line));
            }
            catch (Exception exception) when (exception is FormatException or JsonException)
            {
                throw new FormatException($"line {number}: {exception.Message}", exception);
            }
        }

        return judged;
    }

    private static string Classify(string line)
    {
        var columns = line.Split('\t');
        if (columns.Length is < 2 or > 4 || columns[0].Length == 0 || columns[1].Length == 0)
        {
            throw new FormatException("expected vendor, tool, and optionally annotations and input schema, with tabs between them.");
        }

        var verdict = Judge(columns[0], columns[1], columns.Length > 2 ? columns[2] : "", columns.Length > 3 ? columns[3] : "");
        var layer = JsonSerializer.Serialize(verdict.Layer).Trim('"');
        return $"{columns[0]}\t{columns[1]}\t{(verdict.Verdict == Verdict.Allowed ? "allow" : "deny")}\t{layer}";
    }

    internal static ToolVerdict Judge(string vendor, string tool, string annotations, string schema)
    {
        var hints = annotations.Length == 0 ? default : Parse(annotations, "annotations");
        var declared = schema.Length == 0 ? NoSchema : Parse(schema, "input schema");
        var published = new PublishedTool(tool, null, null, declared, Hint(hints, "readOnlyHint"), Hint(hints, "destructiveHint"), null);
        var profile = Catalogue.Find(vendor)?.Tools;

        // Reading or writing is the question here, not whose data it is.
        return ToolPolicy.Judge(published, new PolicyContext([], profile, new DataClasses(Personal: true, FreeText: true), vendor, annotations.Length == 0));
    }

    private static JsonElement Parse(string json, string column)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var value = document.RootElement.Clone();
            return value.ValueKind is JsonValueKind.Object or JsonValueKind.Null ? value : throw new FormatException($"the {column} are not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the {column} are not JSON: {exception.Message}", exception);
        }
    }

    private static bool? Hint(JsonElement annotations, string name) =>
        annotations.ValueKind == JsonValueKind.Object && annotations.TryGetProperty(name, out var hint) && hint.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? hint.GetBoolean()
            : null;
}
