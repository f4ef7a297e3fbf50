using System.Text.Json.Nodes;
using ClariBI.Evaluation.Grading;

namespace ClariBI.Evaluation.Tests;

public sealed class GraderTests
{
    private const string Nothing = """{"outcome":"answer","numbers":[1]}""";

    private static readonly JsonObject Asks = new()
    {
        ["status"] = "clarification",
        ["clarification"] = new JsonObject { ["text"] = "Which?", ["options"] = new JsonArray(new JsonObject { ["label"] = "Task Created" }) },
    };

    private static readonly JsonObject Declines = new()
    {
        ["status"] = "declined",
        ["refusal"] = new JsonObject { ["text"] = "No data.", ["suggestions"] = new JsonArray() },
    };

    [Theory]
    [InlineData("answer", "answered", "Wrong")] // one without the expected number
    [InlineData("answer", "clarification", "Asked")]
    [InlineData("answer", "declined", "Declined")]
    [InlineData("answer", "query-not-supported", "Declined")]
    [InlineData("answer", "internal-error", "Wrong")]
    [InlineData("clarify", "answered", "Wrong")]
    [InlineData("clarify", "clarification", "Right")]
    [InlineData("clarify", "declined", "Declined")]
    [InlineData("decline", "answered", "Wrong")]
    [InlineData("decline", "clarification", "Asked")]
    [InlineData("decline", "declined", "Right")]
    [InlineData("decline", "query-not-supported", "Declined")] // what fails is no refusal
    [InlineData("decline", "internal-error", "Wrong")]
    public void What_came_is_held_against_what_was_expected(string expected, string status, string mark)
    {
        var expect = expected == "answer" ? Nothing : $$"""{"outcome":"{{expected}}"}""";

        A.Verdict(expect, Analysis(status)).Mark.ToString().ShouldBe(mark);
    }

    [Fact]
    public void No_answer_in_time_is_wrong() => Grader.Grade(A.Question("""{"outcome":"decline"}"""), Reply.Broken("no answer within 30 s")).Mark.ShouldBe(Mark.Wrong);

    [Theory]
    [InlineData("SingleValue", true)]
    [InlineData("single value", true)]
    [InlineData("single_value", true)]
    [InlineData("trend", false)]
    public void Kinds_are_compared_without_case_spaces_and_underscores(string kind, bool right) =>
        A.IsRight($$"""{"outcome":"answer","kind":"{{kind}}"}""", A.Answered()).ShouldBe(right);

    [Theory]
    [InlineData("horizontal_bar", true)]
    [InlineData("bar", false)]
    [InlineData(null, false)]
    public void A_chart_is_compared_by_its_type(string? chart, bool right) =>
        A.IsRight("""{"outcome":"answer","chart":"horizontal bar"}""", A.Answered(), chart: chart).ShouldBe(right);

    [Theory]
    [InlineData("Makers Market – Production", true)]
    [InlineData("makers market – production", true)]
    [InlineData("Vinyl Corner", false)]
    public void The_evidence_names_the_project(string project, bool right) =>
        A.IsRight("""{"outcome":"answer","text":"so"}""", A.Answered("so it is"), project).ShouldBe(right);

    [Theory]
    [InlineData(@"\b0\b|[Nn]one", "None of them did.", true)]
    [InlineData(@"\b0\b|[Nn]one", "10 of them did.", false)]
    [InlineData("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false)] // ends all the same
    public void The_text_is_matched_by_a_regular_expression(string pattern, string text, bool right) =>
        A.IsRight($$"""{"outcome":"answer","text":{{System.Text.Json.JsonSerializer.Serialize(pattern)}}}""", A.Answered(text)).ShouldBe(right);

    [Fact]
    public void What_is_missing_is_told() =>
        A.Verdict("""{"outcome":"answer","numbers":[7],"any_of":[[1,2],[3]],"duration_s":60,"labels":["iOS"],"kind":"trend","chart":"line","text":"x"}""", A.Answered(), "Elsewhere")
            .Missing.ShouldBe(["numbers 7", "any of 2 readings, of the nearest 3", "durations 60 s", "labels iOS", "kind trend", "chart line", "project Elsewhere", "text /x/"]);

    [Fact]
    public void An_analysis_without_its_parts_is_no_right_answer()
    {
        A.Verdict(Nothing, new JsonObject { ["status"] = "answered", ["answer"] = new JsonObject() }).Mark.ShouldBe(Mark.Wrong);
        A.Verdict(Nothing, new JsonObject { ["status"] = "stopped" }).Mark.ShouldBe(Mark.Wrong);
    }

    private static JsonObject Failed(string type) => new()
    {
        ["status"] = "failed",
        ["failure"] = new JsonObject { ["type"] = type, ["title"] = "It failed.", ["detail"] = "" },
    };

    private static JsonObject Analysis(string status) => status switch
    {
        "answered" => A.Answered(),
        "clarification" => (JsonObject)Asks.DeepClone(),
        "declined" => (JsonObject)Declines.DeepClone(),
        _ => Failed(status),
    };
}
