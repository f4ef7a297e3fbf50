using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Evaluation.Grading;
using ClariBI.Evaluation.Questions;

namespace ClariBI.Evaluation.Tests;

/// <summary>Questions and analyses as they are on the wire.</summary>
internal static class A
{
    public static Question Question(string expect, string? project = null) => QuestionFile.Parse(
        $$"""{"id":"x-1","class":"how-many","question":"How many?","project":{{JsonSerializer.Serialize(project)}},"expect":{{expect}}}""");

    public static JsonObject Fact(double value, string text, string? unit = null, string label = "Value") =>
        new() { ["name"] = "value", ["label"] = label, ["value"] = value, ["unit"] = unit, ["text"] = text, ["cells"] = new JsonArray() };

    public static JsonObject Column(string label, string type, string? unit = null) =>
        new() { ["name"] = label, ["label"] = label, ["type"] = type, ["unit"] = unit };

    public static JsonObject Table(JsonObject[] columns, params JsonNode?[][] rows) => new()
    {
        ["shape"] = "categories",
        ["columns"] = new JsonArray(columns),
        ["rows"] = new JsonArray([.. rows.Select(row => new JsonArray(row))]),
        ["incompleteRows"] = new JsonArray(),
    };

    public static JsonObject Answered(string text = "So it is.", JsonObject? table = null, params JsonObject[] facts) => new()
    {
        ["status"] = "answered",
        ["answer"] = new JsonObject
        {
            ["text"] = text,
            ["table"] = table?.DeepClone() ?? Table([]),
            ["facts"] = new JsonArray(facts),
            ["evidence"] = new JsonObject
            {
                ["project"] = "Makers Market – Production",
                ["organization"] = "Makers",
                ["dataSourceName"] = "Market",
                ["query"] = new JsonObject { ["kind"] = "single_value" },
            },
        },
    };

    public static Reply Reply(JsonObject analysis, string? chart = null)
    {
        using var document = JsonDocument.Parse(analysis.ToJsonString());
        return ReplyReader.Read(document.RootElement, chart);
    }

    public static Verdict Verdict(string expect, JsonObject analysis, string? project = null, string? chart = null) =>
        Grader.Grade(Question(expect, project), Reply(analysis, chart));

    public static bool IsRight(string expect, JsonObject analysis, string? project = null, string? chart = null) =>
        Verdict(expect, analysis, project, chart).Mark == Mark.Right;
}
