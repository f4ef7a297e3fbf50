using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Cases;

/// <summary>Events, filters and groups that mean something in a project's data.</summary>
internal sealed class RandomParts(EventFile file, Random random)
{
    private static readonly string[] TextOps = ["is", "is not", "contains", "does not contain", "has prefix", "does not have prefix", "glob match", "glob does not match"];
    private static readonly string[] NumberOps = ["is", "is not", "greater", "less", "greater or equal", "less or equal"];

    public T Pick<T>(params T[] items) => items[random.Next(items.Length)];

    public JsonObject Event(int filters) => new() { ["event"] = random.Next(5) == 0 ? Pick("_active", "_new", "_all", "_any_revenue_event") : One().Type, ["where"] = Filters(random.Next(filters + 1)) };

    /// <summary>An event grouped by one of its own numbers.</summary>
    public JsonObject Measuring()
    {
        for (var tries = 0; ; tries++)
        {
            var item = One();
            var names = item.Fields.Where(field => field.Key.StartsWith("e:", StringComparison.Ordinal) && field.Value.Number is not null).Select(field => field.Key[2..]).ToArray();
            if (names.Length > 0 || tries > 1000)
            {
                return new() { ["event"] = item.Type, ["group_by"] = new JsonArray(new JsonObject { ["property"] = Pick(names), ["scope"] = "event" }) };
            }
        }
    }

    public JsonArray Filters(int count) => new([.. Enumerable.Range(0, count).Select(_ => Filter())]);

    public JsonArray Groups(int count) => new([.. Enumerable.Range(0, count).Select(_ => Property().Property).Distinct().Select(property => new JsonObject { ["property"] = property.Name, ["scope"] = property.Scope })]);

    public JsonObject RawEvent() => new()
    {
        ["event_type"] = One().Type,
        ["filters"] = random.Next(2) == 0 ? new JsonArray() : new JsonArray(RawFilter()),
    };

    public JsonObject RawGroup()
    {
        var (property, _) = Property();
        return new() { ["type"] = property.Scope, ["value"] = RawName(property) };
    }

    public JsonObject RawCondition()
    {
        var (property, value) = Property();
        return new() { ["type"] = "property", ["prop_type"] = property.Scope, ["prop"] = RawName(property), ["op"] = Pick("is", "is not"), ["values"] = new JsonArray(value?.Text ?? Value.None) };
    }

    private JsonObject RawFilter()
    {
        var (property, value) = Property();
        return new() { ["subprop_type"] = property.Scope, ["subprop_key"] = RawName(property), ["subprop_op"] = Pick("is", "is not", "contains", "ends with"), ["subprop_value"] = new JsonArray(value?.Text ?? "x") };
    }

    private JsonObject Filter()
    {
        var (property, value) = Property();
        var op = value is null ? Pick("is", "is not") : file.IsNumeric(property) ? Pick(NumberOps) : Pick(TextOps);
        return new() { ["property"] = property.Name, ["scope"] = property.Scope, ["op"] = op, ["values"] = new JsonArray([.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => JsonValue.Create(Wanted(op, value)))]) };
    }

    private string Wanted(string op, Value? value)
    {
        var text = value?.Text ?? Value.None;
        var some = text[..random.Next(Math.Min(text.Length, 4) + 1)];
        return op.Contains("glob", StringComparison.Ordinal) ? some + "*" : op.Contains("contain", StringComparison.Ordinal) || op.Contains("prefix", StringComparison.Ordinal) ? some : text;
    }

    /// <summary>A property that some event has, lists left out, and its value there; now and then no value.</summary>
    private (Property Property, Value? Value) Property()
    {
        var fields = One().Fields.Where(field => field.Value.Items is null && field.Key is not ("device_id" or "user_id") && !field.Value.Text.StartsWith('{')).ToArray();
        var (key, value) = Pick(fields);
        var property = key.StartsWith("e:", StringComparison.Ordinal) ? new Property("event", key[2..]) : new Property("user", key.StartsWith("u:", StringComparison.Ordinal) ? key[2..] : key == "version_name" ? "version" : key);
        return (property, random.Next(8) == 0 ? null : value);
    }

    private static string RawName(Property property) => property.Scope == "user" && !ExportedEvent.BuiltIn.ContainsKey(property.Name) ? "gp:" + property.Name : property.Name;

    private ExportedEvent One() => file.All[random.Next(file.All.Length)];
}
