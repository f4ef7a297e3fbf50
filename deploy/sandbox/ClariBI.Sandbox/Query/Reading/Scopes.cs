using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Where a property lives. Events and users are all that an export holds.</summary>
internal static class Scopes
{
    public const string Event = "event";
    public const string User = "user";

    /// <summary>Property that stands for membership of a cohort.</summary>
    public const string Cohort = "userdata_cohort";

    private static readonly string[] Known =
    [
        Event, User, "session", "group", "nova_props", "derived", "derivedV2", "lookup", "array_property_aggregation", "inline_derived", "parallel_semantic", "nth_time_hack", "day_time_prop",
        "user_state", "server_upload_delay", "catalog_event", "catalog_user", "user_property_value", "persistence", "field", "table_column",
    ];

    /// <summary>The only group that users are counted by is User.</summary>
    public static void CheckGroup(string? groupType, string property)
    {
        if (groupType is not (null or "User"))
        {
            throw new ToolErrorException($"Invalid group property {property} for group type {groupType}");
        }
    }

    public static string Check(string field, string scope, string property, string? groupType)
    {
        CheckGroup(groupType ?? (scope == "group" ? "(none)" : null), property);
        return scope is Event or User ? scope
            : Known.Contains(scope) ? throw new ToolErrorException($"{field}: {scope} properties do not exist in the sandbox: use event or user")
            : throw new ToolErrorException($"{field}: Input should be one of {string.Join(", ", Known)}");
    }
}
