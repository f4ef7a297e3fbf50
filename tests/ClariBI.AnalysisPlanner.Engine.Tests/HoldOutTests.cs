namespace ClariBI.AnalysisPlanner.Engine.Tests;

public sealed class HoldOutTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Wordings_the_engine_was_not_tuned_on_are_understood_or_declined_but_never_misread()
    {
        var right = 0;
        List<string> wrong = [];
        foreach (var line in HoldOut.Lines)
        {
            var parts = line.Split(" | ");
            var actual = Ask.Short(await Ask.Of(A.Named(parts[0]), parts[1]));
            if (actual == parts[2])
            {
                right++;
            }
            else
            {
                output.WriteLine($"{parts[1]}\n  expected {parts[2]}\n  got      {actual}");
                if (actual is not ("clarify" or "decline"))
                {
                    wrong.Add(parts[1]);
                }
            }
        }

        output.WriteLine($"right {right} of {HoldOut.Lines.Length}, wrong {wrong.Count}");
        right.ShouldBeGreaterThanOrEqualTo(HoldOut.Lines.Length * 8 / 10);
        wrong.ShouldBeEmpty();
    }
}
