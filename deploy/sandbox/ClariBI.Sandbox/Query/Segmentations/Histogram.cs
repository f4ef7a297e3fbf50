using System.Globalization;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>Bins [a, b) of a property's value; the last one includes its end.</summary>
internal sealed record Bins(double[] Edges)
{
    private const int Most = 200;
    private const int Automatic = 10;

    public static Bins Of(Bin bin)
    {
        if (bin.Size <= 0)
        {
            throw new ToolErrorException("measured_as.histogram_bin.size: Input should be greater than 0");
        }

        if (bin.Max <= bin.Min)
        {
            throw new ToolErrorException("measured_as.histogram_bin.max: Input should be greater than min");
        }

        var count = Math.Ceiling((bin.Max - bin.Min) / bin.Size);
        return count <= Most
            ? new([.. Enumerable.Range(0, (int)count).Select(index => bin.Min + (index * bin.Size)), bin.Max])
            : throw new ToolErrorException($"measured_as.histogram_bin.size: Input should make at most {Most} bins");
    }

    /// <summary>Ten equal bins from the smallest to the largest value; one where they are the same; none without values.</summary>
    public static Bins Of(double? smallest, double? largest) => (smallest, largest) switch
    {
        ({ } min, { } max) when max > min => new([.. Enumerable.Range(0, Automatic).Select(index => min + (index * (max - min) / Automatic)), max]),
        ({ } min, _) => new([min, min]),
        _ => new([]),
    };

    /// <summary>The label of the bin that v lies in, null outside of all.</summary>
    public string Label(Sql sql)
    {
        var cases = Edges.Zip(Edges.Skip(1)).Select((edge, index) =>
        {
            var isLast = index == Edges.Length - 2;
            var label = string.Create(CultureInfo.InvariantCulture, $"[{edge.First:0.######}, {edge.Second:0.######}{(isLast ? "]" : ")")}");
            return $"WHEN v >= {sql.Value(edge.First)} AND v {(isLast ? "<=" : "<")} {sql.Value(edge.Second)} THEN {sql.Value(label)}";
        });
        return Edges.Length < 2 ? "NULL::VARCHAR" : $"CASE {string.Join(' ', cases)} END";
    }

    public static Bins Measure(EventStore store, Sql sql, string rows) => store.Read($"SELECT min(v), max(v) FROM ({rows})", sql.Parameters,
        reader => Of(reader.IsDBNull(0) ? null : reader.GetDouble(0), reader.IsDBNull(1) ? null : reader.GetDouble(1)))[0];
}
