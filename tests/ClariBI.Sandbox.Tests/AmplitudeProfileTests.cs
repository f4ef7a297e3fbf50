using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>What the catalogue says of Amplitude's tools, held against the lists that both generations publish.</summary>
public sealed class AmplitudeProfileTests(ContentServers servers)
{
    /// <summary>Loads instructions, or tells Amplitude what was shown: of no use to questions.</summary>
    private static readonly string[] LeftOut = ["use_amp_skill", "track_ui_render_response"];

    private static readonly string[] WritingActions =
        ["create", "edit", "update", "delete", "subscribe", "unsubscribe", "edit_subscription", "replace_properties", "sync", "set_org_context", "set_project_context"];

    private static readonly JsonElement Profile = ReadProfile();

    [Theory]
    [InlineData("gen2")]
    [InlineData("gen3")]
    public async Task Every_reading_tool_is_named_and_no_writing_one(string generation)
    {
        foreach (var tool in await ListAsync(generation))
        {
            var name = tool.GetProperty("name").GetString()!;
            var access = tool.GetProperty("_meta").GetProperty("amplitude/accessLevels").EnumerateArray().Select(level => level.GetString()).ToArray();
            var whole = Names("reading").Contains(name) || Names("personal").Contains(name);
            var byAction = Profile.GetProperty("mixed").TryGetProperty(name, out var mixed);
            if (access is ["read"])
            {
                (whole || byAction).ShouldBe(!LeftOut.Contains(name), name);
            }
            else
            {
                whole.ShouldBeFalse(name);
                (byAction && access is ["write"]).ShouldBeFalse(name);
            }

            if (byAction)
            {
                CheckActions(name, tool, mixed);
            }
        }
    }

    private static void CheckActions(string name, JsonElement tool, JsonElement mixed)
    {
        var admitted = mixed.GetProperty("values").EnumerateArray().Select(value => value.GetString()!).ToArray();
        admitted.Intersect(WritingActions).ShouldBeEmpty(name);
        if (!tool.GetProperty("inputSchema").GetProperty("properties").TryGetProperty(mixed.GetProperty("argument").GetString()!, out var argument)
            || !argument.TryGetProperty("enum", out var values))
        {
            return; // nobody has published its arguments or their values; what cannot be narrowed is refused
        }

        admitted.ShouldBeSubsetOf(values.EnumerateArray().Select(value => value.GetString()!), name);
        if (mixed.TryGetProperty("default", out var preset))
        {
            preset.GetString().ShouldBe(argument.GetProperty("default").GetString(), name);
            admitted.ShouldContain(preset.GetString(), name);
        }
    }

    private Task<JsonElement[]> ListAsync(string generation) => generation == "gen2" ? servers.Gen2.ListAsync() : servers.Gen3.ListAsync();

    private static HashSet<string> Names(string list) => [.. Profile.GetProperty(list).EnumerateArray().Select(name => name.GetString()!)];

    private static JsonElement ReadProfile([CallerFilePath] string source = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(source)!, "../../services/Connector/ClariBI.Connector/Vendors/Catalogue/amplitude.json");
        return JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file))[0].GetProperty("tools");
    }
}
