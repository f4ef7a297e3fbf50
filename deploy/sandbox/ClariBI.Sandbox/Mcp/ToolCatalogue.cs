using System.Text.Json.Nodes;
using ClariBI.Sandbox.Tools;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Mcp;

/// <summary>Which tools a connection sees, and which one a name means. A connection is short-listed by ?discovery=progressive on its URL, which every POST repeats.</summary>
internal sealed class ToolCatalogue
{
    private const string Rationale = """{"type":"string","description":"Why this call helps answer the user's question."}""";
    private readonly ITool[] published;
    private readonly ITool[] shortList;
    private readonly Dictionary<string, InlineTool> meta;

    public ToolCatalogue(IEnumerable<ITool> tools, IEnumerable<IToolFamily> families, Additions additions, SandboxOptions options)
    {
        var isGen3 = options.Profile == "gen3";
        var categories = isGen3 ? ToolProfiles.Gen3 : ToolProfiles.Gen2;
        var all = tools.Concat(families.SelectMany(family => family.Tools)).ToDictionary(tool => tool.Definition.Name);
        published =
        [
            .. categories.SelectMany(category => category.Tools, (category, name) => new PublishedTool(Dress(all[name].Definition, [category.Tag, category.Name, "default"], isGen3), all[name], additions))
                .OrderBy(tool => tool.Definition.Name, StringComparer.Ordinal),
        ];
        InlineTool[] progressive = [.. ProgressiveDiscovery.Tools(categories, published).Select(tool => tool with { Definition = Dress(tool.Definition, ["discovery", "default"], isGen3) })];
        meta = progressive.ToDictionary(tool => tool.Definition.Name);
        shortList = [.. progressive, .. published.Where(tool => ToolProfiles.Core.Contains(tool.Definition.Name))];
    }

    public IReadOnlyList<ITool> Listed(HttpContext http) => IsProgressive(http) ? shortList : published;

    /// <summary>Null when the profile has no such tool. Tools left off the short list can be called all the same.</summary>
    public ITool? Find(HttpContext http, string name) =>
        Array.Find(published, tool => tool.Definition.Name == name) ?? (IsProgressive(http) ? meta.GetValueOrDefault(name) : null);

    private static bool IsProgressive(HttpContext http) => http.Request.Query["discovery"] == "progressive";

    private static Tool Dress(Tool tool, string[] tags, bool isGen3)
    {
        var dressed = ToolDefinition.Change(tool, schema =>
        {
            if (isGen3)
            {
                schema["properties"]!["rationale"] = JsonNode.Parse(Rationale);
            }
        });
        dressed.Meta!.Insert(0, "amplitude/tags", tags.List());
        return dressed;
    }

    /// <summary>The form published; it sees the organisation with what was added to it since the start.</summary>
    private sealed record PublishedTool(Tool Definition, ITool Tool, Additions Additions) : ITool
    {
        public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken) =>
            Tool.InvokeAsync(call with { Organisation = Additions.Over(call.Organisation) }, cancellationToken);
    }
}
