using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reading;

namespace ClariBI.Sandbox.Numbers.Tests.Cases;

/// <summary>A query of a table of cases: a name, a project, and the arguments of the tool.</summary>
internal sealed record Case(string Name, string Project, JsonObject Arguments)
{
    private static readonly Dictionary<string, Case[]> Known = [];

    public static Case[] Of(string set)
    {
        lock (Known)
        {
            return Known.TryGetValue(set, out var cases) ? cases : Known[set] = Read(set);
        }
    }

    public static IEnumerable<string> Names(string set) => Of(set).Select(item => item.Name);

    private static Case[] Read(string set)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Cases", set + ".json");
        var table = JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsArray();
        return [.. table.Select(item =>
        {
            var arguments = item!.DeepClone().AsObject();
            arguments.Remove("name");
            arguments.Remove("project");
            return new Case(item.Text("name")!, item.Text("project")!, arguments);
        })];
    }
}
