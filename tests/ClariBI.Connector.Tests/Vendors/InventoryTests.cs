using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClariBI.Connector.Tests.Vendors;

/// <summary>The files under tests/policy-inventory keep their form, and the hold-out its rule.</summary>
public sealed class InventoryTests
{
    [Theory]
    [InlineData("dev.tsv", false)]
    [InlineData("holdout.tsv", true)]
    public void Every_line_is_a_labelled_tool_and_the_rule_keeps_vendors_apart(string file, bool heldOut)
    {
        var tools = Read(file);

        tools.ShouldAllBe(tool => tool.Length == 5);
        tools.Select(tool => (tool[0], tool[1])).ShouldBeUnique();
        tools.Select(tool => tool[2]).Distinct().ShouldBe(["read", "write", "mixed"], ignoreOrder: true);
        tools.ShouldAllBe(tool => SHA256.HashData(Encoding.UTF8.GetBytes(tool[0]))[0] % 3 == 0 == heldOut);
        foreach (var json in tools.SelectMany(tool => tool.Skip(3)).Where(json => json.Length > 0))
        {
            JsonDocument.Parse(json).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        }
    }

    [Fact]
    public void It_holds_900_tools_of_45_servers()
    {
        List<string[]> tools = [.. Read("dev.tsv"), .. Read("holdout.tsv")];

        tools.Count.ShouldBeGreaterThanOrEqualTo(900);
        tools.Select(tool => tool[0]).Distinct().Count().ShouldBeGreaterThanOrEqualTo(45);
    }

    private static List<string[]> Read(string file, [CallerFilePath] string source = "") =>
        [.. File.ReadAllLines(Path.Combine(Path.GetDirectoryName(source)!, "../../policy-inventory", file)).Skip(1).Select(line => line.Split('\t'))];
}
