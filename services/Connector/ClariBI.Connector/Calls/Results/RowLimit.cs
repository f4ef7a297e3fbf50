using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClariBI.Connector.Calls.Results;

/// <param name="Left">Whole rows that were left out; 0: none.</param>
/// <param name="Total">Rows there were.</param>
internal sealed record CutText(string Text, int Left, int Total);

/// <summary>
/// Keeps the first rows of a result and leaves out the others whole, so that JSON stays JSON and CSV keeps its header. In JSON
/// every list is cut at the same length, since columns and labels run beside the rows.
/// </summary>
internal static class RowLimit
{
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static CutText Apply(string text, int most)
    {
        if (ReadJson(text) is { } document)
        {
            using (document)
            {
                return Longest(document.RootElement, most) is var longest && longest > most
                    ? new CutText(Write(document.RootElement, most), longest - most, longest)
                    : new CutText(text, 0, longest);
            }
        }

        return CutLines(text, most);
    }

    /// <returns>Null unless the text is an object or a list.</returns>
    public static JsonDocument? ReadJson(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Longest(JsonElement element, int most) => element.ValueKind switch
    {
        JsonValueKind.Array => Math.Max(element.GetArrayLength(), element.EnumerateArray().Select(item => Longest(item, most)).DefaultIfEmpty().Max()),
        JsonValueKind.Object => element.EnumerateObject().Select(member => Longest(member.Value, most)).DefaultIfEmpty().Max(),

        // CSV inside JSON.
        JsonValueKind.String when element.GetRawText().Length > most => CutLines(element.GetString()!, most).Total,
        _ => 0,
    };

    private static string Write(JsonElement root, int most)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Written))
        {
            Write(writer, root, most);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, int most)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray().Take(most))
                {
                    Write(writer, item, most);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, most);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.String when element.GetRawText().Length > most:
                writer.WriteStringValue(CutLines(element.GetString()!, most).Text);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>The first line is the header and not a row.</summary>
    private static CutText CutLines(string text, int most)
    {
        var ends = RowEnds(text, quotes: true) ?? RowEnds(text, quotes: false)!;
        var rows = ends.Count - 1;
        return rows > most ? new CutText(text[..ends[most]], rows - most, rows) : new CutText(text, 0, Math.Max(0, rows));
    }

    /// <param name="quotes">Whether a line break between quotes belongs to its cell (RFC 4180 section 2).</param>
    /// <returns>Where each line that is not empty ends; null when a quote is never closed.</returns>
    private static List<int>? RowEnds(string text, bool quotes)
    {
        var ends = new List<int>();
        var (quoted, start) = (false, 0);
        for (var at = 0; at < text.Length; at++)
        {
            quoted ^= quotes && text[at] == '"';
            if (text[at] == '\n' && !quoted)
            {
                Add(at);
                start = at + 1;
            }
        }

        Add(text.Length);
        return quoted ? null : ends;

        void Add(int end)
        {
            if (!text.AsSpan(start, end - start).IsWhiteSpace())
            {
                ends.Add(end);
            }
        }
    }
}
