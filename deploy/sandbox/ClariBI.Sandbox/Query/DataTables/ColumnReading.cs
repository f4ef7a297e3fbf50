using System.Text.Json;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.DataTables;

/// <summary>Reads columns of both forms, which differ in how events and properties are written.</summary>
internal sealed class ColumnReading(Func<JsonElement, EventRef> readEvent, Func<JsonElement, GroupKey> readProperty)
{
    public static readonly string[] MetricTypes = ["UNIQUES", "TOTALS", "FORMULA", "SESSIONS", "CONVERSION", "PROPSUM", "PROPAVG", "PROPMAX", "PROPMIN"];

    public static readonly string[] SessionMeasures =
        ["TOTALS", "AVERAGE_SESSION_DURATION", "SESSIONS_PER_USER", "BOUNCE_RATE", "ENTRIES", "ENTRY_RATE", "EXITS", "EXIT_RATE", "UNIQUE_PAGE_VIEWS", "PAGE_VIEWS_PER_SESSION", "FORMULA"];

    private const int MostColumns = 20;
    private const int MostSeconds = 366 * 86_400;

    public TableColumn[] Read(JsonElement table, string field)
    {
        TableColumn[] columns = [.. table.Items("columns").Select((column, index) => Read(column, $"{field}.{index}", index))];
        return columns.Length is > 0 and <= MostColumns ? columns : throw new ToolErrorException($"{field}: Array should have from 1 to {MostColumns} items");
    }

    private TableColumn Read(JsonElement item, string field, int index)
    {
        var type = item.Required("metric_type");
        if (!MetricTypes.Contains(type))
        {
            throw new ToolErrorException($"{field}.metric_type: Input should be one of {string.Join(", ", MetricTypes)}");
        }

        EventRef[] events = [.. item.Field("event").ValueKind == JsonValueKind.Object ? [readEvent(item.Field("event"))] : Array.Empty<EventRef>(), .. item.Items("events").Select(readEvent)];
        if (Array.Exists(events, item => item.IsComparison))
        {
            throw new ToolErrorException($"{field}.events: a comparison of events cannot be a column; use a column for each event");
        }

        var needed = type switch
        {
            "SESSIONS" => 0,
            "CONVERSION" => 2,
            _ => 1,
        };
        if (events.Length < needed || events.Length > 10)
        {
            throw new ToolErrorException($"{field}.events: Array should have from {needed} to 10 items");
        }

        var measured = item.Field("aggregation_property");
        if (type.StartsWith("PROP", StringComparison.Ordinal) && measured.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
        {
            throw new ToolErrorException($"{field}.aggregation_property: Field required");
        }

        var seconds = item.Number("conversion_seconds", 30 * 86_400);
        return new(item.Text("name") ?? Label(type, events, index), type, events)
        {
            Formula = type == "FORMULA" ? item.Text("formula") ?? throw new ToolErrorException($"{field}.formula: Field required") : null,
            Measured = measured.ValueKind switch
            {
                JsonValueKind.Object => readProperty(measured),
                JsonValueKind.String => readProperty(Named(measured)),
                _ => null,
            },
            SessionMeasure = Session(item, field),
            ConversionSeconds = seconds is > 0 and <= MostSeconds ? seconds : throw new ToolErrorException($"{field}.conversion_seconds: Input should be from 1 to {MostSeconds}"),
        };
    }

    /// <summary>A property by its name alone, in the words of both forms.</summary>
    private static JsonElement Named(JsonElement name) => JsonSerializer.SerializeToElement(new { property = name.GetString(), value = name.GetString() });

    private static string Session(JsonElement item, string field) => (item.Text("session_measure") ?? SessionMeasures[0]) switch
    {
        "TOTALS" or "AVERAGE_SESSION_DURATION" or "SESSIONS_PER_USER" => item.Text("session_measure") ?? SessionMeasures[0],
        { } known when SessionMeasures.Contains(known) => throw new ToolErrorException($"{field}.session_measure: {known} is not computed by the sandbox; use TOTALS, AVERAGE_SESSION_DURATION or SESSIONS_PER_USER"),
        _ => throw new ToolErrorException($"{field}.session_measure: Input should be one of {string.Join(", ", SessionMeasures)}"),
    };

    private static string Label(string type, EventRef[] events, int index) => events.Length == 0 ? $"{type} {index + 1}" : $"{type}({string.Join(", ", events.Select(item => item.Name))})";
}
