using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClariBI.Connector.Authorizations;

internal sealed record VendorAccount(string? Organization, string? User, IReadOnlyList<VendorProject> Projects, string? OrganizationId = null)
{
    public static VendorAccount? FromJson(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<VendorAccount>(json, JsonSerializerOptions.Web);

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <param name="TimeZone">IANA name; null where the vendor does not say.</param>
internal sealed record VendorProject(string Id, string Name, string? TimeZone);

/// <summary>Reads the reply of a context tool. Only a few of its fields are documented, so each is looked for by its known names.</summary>
internal static class AccountReading
{
    private const int LongestText = 200;
    private const int MostProjects = 500;

    public static VendorAccount? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>The time zone in the reply about one project.</returns>
    public static string? ReadTimeZone(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? TimeZone(root) ?? TimeZone(Member(root, "settings")) ?? TimeZone(Member(root, "project"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static VendorAccount Read(JsonElement root)
    {
        var projects = Member(root, "projects") is { ValueKind: JsonValueKind.Array } listed
            ? listed.EnumerateArray().Select(Project).OfType<VendorProject>().DistinctBy(project => project.Id).Take(MostProjects).ToList()
            : [];
        var user = Member(root, "user");
        return new VendorAccount(
            Text(Member(root, "organization"), "name") ?? Text(Member(root, "org"), "name") ?? Text(root, "orgName"),
            Text(user, "name") ?? Text(user, "email"),
            projects,
            Text(Member(root, "organization"), "id") ?? Text(Member(root, "org"), "id") ?? Text(root, "orgId"));
    }

    private static VendorProject? Project(JsonElement project) =>
        (Text(project, "appId") ?? Text(project, "projectId") ?? Text(project, "project_id") ?? Text(project, "id")) is { } id
            ? new VendorProject(id, Text(project, "name") ?? id, TimeZone(project))
            : null;

    private static string? TimeZone(JsonElement? project) =>
        Text(project, "timezone") ?? Text(project, "timeZone") ?? Text(project, "time_zone");

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } && parent.Value.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? parent, string name) => Member(parent, name) switch
    {
        { ValueKind: JsonValueKind.String } text when Clean(text.GetString()!) is { Length: > 0 } value => value,
        { ValueKind: JsonValueKind.Number } number => Clean(number.GetRawText()),
        _ => null,
    };

    /// <summary>Fit for a page and a column: no control, direction or invisible characters, no half surrogates, and not endless.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= LongestText)
            {
                return clean.Append('…').ToString();
            }

            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) && rune != Rune.ReplacementChar)
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().Trim();
    }
}
