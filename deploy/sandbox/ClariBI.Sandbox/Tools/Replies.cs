using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

/// <summary>Forms that replies share.</summary>
internal static class Replies
{
    public const string ProjectId = """{"anyOf":[{"type":"string"},{"type":"integer"}],"description":"As get_amplitude_context lists them. Where it is not required, it may be left out only when exactly one project is accessible"}""";

    public static JsonArray List(this IEnumerable<JsonObject> items) => new([.. items]);

    public static JsonArray List(this IEnumerable<string> items) => new([.. items.Select(item => JsonValue.Create(item))]);

    public static string Iso(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static string Link(this ToolCall call, string kind, string id) => $"{call.Origin}/analytics/{call.Organisation.Id}/{kind}/{id}";

    /// <summary>A page of what was found; the cursor of the next one is added to the reply where there is one.</summary>
    public static T[] Page<T>(this ToolCall call, IReadOnlyCollection<T> all, int limit, JsonObject reply)
    {
        var start = call.Start(all.Count);
        T[] page = [.. all.Skip(start).Take(limit)];
        reply["totalCount"] = all.Count;
        reply.ContinueAt(start + page.Length, start + page.Length < all.Count);
        return page;
    }

    /// <summary>Where a page starts: cursors are positions.</summary>
    public static int Start(this ToolCall call, int most = int.MaxValue) => call.Text("cursor") switch
    {
        null => 0,
        var cursor when int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start <= most => start,
        _ => throw new ToolErrorException("cursor: Input should be a cursor this tool gave out"),
    };

    public static void ContinueAt(this JsonObject reply, int position, bool hasMore)
    {
        if (hasMore)
        {
            reply["cursor"] = position.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The entities with these ids, in the order asked for, with the project of each; one of another organisation is named as such.</summary>
    public static (Project Project, T Item)[] Find<T>(this ToolCall call, Workspace workspace, string kind, string[] ids, Func<Project, T[]> of, Func<T, string> id) =>
        [.. ids.Distinct().Select(asked => Find(call, workspace, kind, asked, of, id))];

    public static (Project Project, T Item) Find<T>(this ToolCall call, Workspace workspace, string kind, string asked, Func<Project, T[]> of, Func<T, string> id)
    {
        foreach (var project in call.Organisation.Projects)
        {
            if (of(project).FirstOrDefault(item => id(item) == asked) is { } found)
            {
                return (project, found);
            }
        }

        var elsewhere = workspace.Organisations.Any(organisation => organisation.Id != call.Organisation.Id && organisation.Projects.Any(project => of(project).Any(item => id(item) == asked)));
        throw new ToolErrorException(elsewhere ? "org_mismatch" : $"NotFoundError: No {kind} {asked}");
    }

    public static string[] Required(this ToolCall call, string name) => call.Texts(name) is { Length: > 0 } values ? values : throw new ToolErrorException($"{name}: Field required");

    public static string RequiredText(this ToolCall call, string name) => call.Text(name) is { Length: > 0 } value ? value : throw new ToolErrorException($"{name}: Field required");

    /// <summary>A text of a JSON object that may lack it, or hold something else there.</summary>
    public static string? Text(this JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A copy to keep, in which whole numbers are integers however they were written, and the last of fields of one name counts.</summary>
    public static JsonNode? Whole(this JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var field in value.EnumerateObject())
                {
                    copy[field.Name] = field.Value.Whole();
                }

                return copy;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(Whole)]);
            case JsonValueKind.Number when double.IsInteger(value.GetDouble()) && Math.Abs(value.GetDouble()) <= int.MaxValue:
                return JsonValue.Create((int)value.GetDouble());
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }

    /// <summary>The fields asked for, the name always; all of them unless some are named.</summary>
    public static JsonObject Only(this JsonObject json, string[] fields)
    {
        foreach (var field in fields.Length == 0 ? [] : json.Select(pair => pair.Key).Where(key => key != "name" && !fields.Contains(key)).ToArray())
        {
            json.Remove(field);
        }

        return json;
    }
}
