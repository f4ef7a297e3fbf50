using ClariBI.Evaluation.Questions;
using ClariBI.Testing;

namespace ClariBI.Evaluation.Tests;

public sealed class QuestionFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_line_holds_all_of_a_question()
    {
        var question = QuestionFile.Parse(
            """{"id":"a-1","class":"follow-up","question":"and by country?","context":["sign ups?"],"project":"P","expect":{"outcome":"answer","kind":"trend","chart":"line","numbers":[1,2.5],"any_of":[[1],[2,3]],"duration_s":60,"labels":["x"],"text":"y"}}""");

        question.Context.ShouldBe(["sign ups?"]);
        question.Project.ShouldBe("P");
        question.Expect.Numbers.ShouldBe([1, 2.5]);
        question.Expect.AnyOf.Select(reading => reading.Count).ShouldBe([1, 2]);
        question.Expect.Durations.ShouldBe([60d]);
        question.Expect.Text!.ToString().ShouldBe("y");
    }

    [Theory]
    [InlineData("""{"id":"a","class":"c","question":"q","expect":{"outcome":"maybe"}}""", "outcome")]
    [InlineData("""{"id":"a","class":"c","question":"q","expect":{"outcome":"answer","number":[1]}}""", "unknown field 'number'")]
    [InlineData("""{"id":"a","class":"c","question":"q"}""", "expect")]
    [InlineData("""{"class":"c","question":"q","expect":{"outcome":"answer"}}""", "needs an id")]
    [InlineData("""{"id":"a","class":"c","question":"q","expect":{"outcome":"answer","text":"("}}""", "Invalid pattern")]
    [InlineData("""{"id":"a","class":"c","question":"q","expect":{"outcome":"answer","numbers":["1"]}}""", "Number")]
    [InlineData("no json", "invalid JSON")]
    public async Task A_mistake_names_its_line(string line, string problem)
    {
        var file = Path.Combine(folder.Path, "questions.jsonl");
        await File.WriteAllTextAsync(file, """{"id":"b","class":"c","question":"q","expect":{"outcome":"decline"}}""" + "\n\n" + line, Ct);

        var mistake = await Should.ThrowAsync<EvaluationException>(() => QuestionFile.ReadAsync(file, Ct));

        mistake.Message.ShouldStartWith($"{file}:3: ");
        mistake.Message.ShouldContain(problem);
    }

    [Fact]
    public async Task No_id_is_there_twice()
    {
        var file = Path.Combine(folder.Path, "questions.jsonl");
        const string line = """{"id":"b","class":"c","question":"q","expect":{"outcome":"decline"}}""";
        await File.WriteAllTextAsync(file, line + "\n" + line, Ct);

        (await Should.ThrowAsync<EvaluationException>(() => QuestionFile.ReadAsync(file, Ct))).Message.ShouldContain("twice");
    }

    [Fact]
    public void Options_that_do_not_fit_are_refused()
    {
        Should.Throw<EvaluationException>(() => Options.Parse(["--data", "x"])).Message.ShouldContain("--questions");
        Should.Throw<EvaluationException>(() => Options.Parse(["--engine", "openai"])).Message.ShouldContain("no engine");
        Should.Throw<EvaluationException>(() => Options.Parse(["--now", "soon"])).Message.ShouldContain("--now");
        Should.Throw<EvaluationException>(() => Options.Parse(["--askers", "0"])).Message.ShouldContain("--askers");
        Should.Throw<EvaluationException>(() => Options.Parse(["--show-holdout"])).Message.ShouldContain("no option");
        Options.Parse(["--now", "2026-05-13T12:00:00Z"]).Now.ShouldBe(new DateTimeOffset(2026, 5, 13, 12, 0, 0, TimeSpan.Zero));
    }

    public void Dispose() => folder.Dispose();
}
