using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Tools.Definitions;

namespace ClariBI.Connector.Tests.Tools.Administration;

/// <summary>Any edit of any definition is a change, shows in the diff, and is undone by undoing it.</summary>
public sealed class RandomDriftTests
{
    [Fact]
    public void No_random_edit_goes_unnoticed()
    {
        var random = new Random(4711);
        for (var round = 0; round < 3000; round++)
        {
            var schema = TestTools.Tool("t", readOnly: true, "read", """
                {"action":{"type":"string","enum":["list","get"],"default":"list","description":"What."},"n":{"type":"integer","minimum":1,"maximum":1e3},
                 "deep":{"anyOf":[{"type":"array","items":{"type":"object","properties":{"a":{"const":true}}}},{"type":"null"}]}}
                """)["inputSchema"]!.AsObject();
            var before = Define(schema);
            Edit(schema, random);
            var after = Define(schema);

            (after.Hash != before.Hash).ShouldBe(!JsonNode.DeepEquals(JsonNode.Parse(before.Json), JsonNode.Parse(after.Json)));
            after.Hash.ShouldNotBe(before.Hash, schema.ToJsonString());
            DefinitionDiff.Between(before.Json, after.Json).ShouldNotBeEmpty(schema.ToJsonString());
        }
    }

    private static ToolDefinition Define(JsonObject schema) =>
        ToolDefinition.Of(new PublishedTool("t", null, null, JsonSerializer.SerializeToElement(schema), true, null, null));

    private static void Edit(JsonNode root, Random random)
    {
        var objects = new List<JsonNode>();
        Collect(root, objects);
        switch (objects[random.Next(objects.Count)])
        {
            case JsonObject target when target.Count > 0 && random.Next(3) == 0:
                target.Remove(target.ElementAt(random.Next(target.Count)).Key);
                break;
            case JsonObject target:
                target[$"added{random.Next(100)}"] = random.Next(2) == 0 ? "text" : new JsonObject { ["type"] = "boolean" };
                break;
            case JsonArray target when target.Count > 0 && random.Next(2) == 0:
                target.RemoveAt(random.Next(target.Count));
                break;
            case JsonArray target:
                target.Insert(random.Next(target.Count + 1), $"value{random.Next(100)}");
                break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> found)
    {
        if (node is JsonObject or JsonArray)
        {
            found.Add(node);
        }

        foreach (var child in node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        })
        {
            Collect(child, found);
        }
    }
}
