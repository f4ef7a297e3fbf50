namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Which events an event of a chart means.</summary>
internal static class Matching
{
    private static readonly Property Revenue = new("event", "$revenue");

    public static bool Matches(this EventSpec spec, ExportedEvent item, EventFile file) =>
        (spec.AnyOf is { } any ? any.Any(member => member.Matches(item, file)) : IsNamed(spec.Name, item)) && spec.Where.All(filter => Filters.Holds(filter, item, file));

    private static bool IsNamed(string name, ExportedEvent item) => name switch
    {
        "_active" or "_all" => true,
        "_new" => item.IsNew,
        "_any_revenue_event" => item[Revenue]?.Number is not null,
        _ => item.Type == name,
    };
}
