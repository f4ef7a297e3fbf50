using System.Diagnostics;
using ClariBI.AnalysisPlanner.Engines;
using ClariBI.AnalysisPlanner.Engines.BuiltIn;
using ClariBI.AnalysisPlanner.Taxonomies;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>Mutated questions: whatever comes in, no exception, quickly, and never a name that does not exist.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Questions = 2_000;

    private static readonly string[] Noise =
        ["\u200b", "\U0001F600", "\ud800", "'", "\"", "%", "<", ">", "->", "/", "not", "never", "between", "vs", "last", "0", "99999999999", "top", "per", "q3", "d7", "by", "within", "a", "\n", "\t", "é", "日本"];

    [Fact]
    public async Task Mutated_questions_end_in_an_understanding()
    {
        var random = new Random(20261122);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Questions; i++)
        {
            var line = HoldOut.Lines[random.Next(HoldOut.Lines.Length)].Split(" | ");
            var taxonomy = A.Named(line[0]);
            var question = Mutated(line[1], random);

            var understanding = await Ask.Of(taxonomy, question);

            if (understanding is Understanding.Understood understood)
            {
                QueryChecks.Check(understood.Query, taxonomy).ShouldBeEmpty(question);
                understood.Query.Range.Resolve(A.Today).Start.ShouldBeLessThanOrEqualTo(A.Today, question);
            }
        }

        var average = watch.Elapsed / Questions;
        output.WriteLine($"{average.TotalMilliseconds:0.00} ms on average");
        average.ShouldBeLessThan(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task A_large_taxonomy_is_quick_too()
    {
        var taxonomy = Large(events: 2_000, properties: 5_000);
        var engine = new BuiltInEngine();
        var questions = new[] { "how many users did object 17 action 3 last week", "daily active users by attribute 4711", "conversion from object 1 action 1 to object 2 action 2", "how many unknwon thigns by attribte 12" };
        foreach (var question in questions)
        {
            await engine.UnderstandAsync(new EngineRequest(question, [], taxonomy, A.Today), TestContext.Current.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        const int Rounds = 25;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var question in questions)
            {
                await engine.UnderstandAsync(new EngineRequest(question, [], taxonomy, A.Today), TestContext.Current.CancellationToken);
            }
        }

        var average = watch.Elapsed / (Rounds * questions.Length);
        output.WriteLine($"{average.TotalMilliseconds:0.00} ms on average");
        average.ShouldBeLessThan(TimeSpan.FromMilliseconds(50));
    }

    private static string Mutated(string question, Random random)
    {
        var words = question.Split(' ').ToList();
        for (var change = random.Next(1, 4); change > 0 && words.Count > 0; change--)
        {
            var at = random.Next(words.Count);
            switch (random.Next(6))
            {
                case 0:
                    words.RemoveAt(at);
                    break;
                case 1:
                    words.Insert(at, Noise[random.Next(Noise.Length)]);
                    break;
                case 2:
                    words.Insert(random.Next(words.Count), words[at]);
                    break;
                case 3 when words[at].Length > 1:
                    var letter = random.Next(words[at].Length - 1);
                    words[at] = words[at][..letter] + words[at][letter + 1] + words[at][letter] + words[at][(letter + 2)..];
                    break;
                case 4:
                    words[at] = words[at].ToUpperInvariant();
                    break;
                default:
                    var other = HoldOut.Lines[random.Next(HoldOut.Lines.Length)].Split(" | ")[1].Split(' ');
                    words[at] = other[random.Next(other.Length)];
                    break;
            }
        }

        return string.Join(random.Next(10) == 0 ? "  " : " ", words);
    }

    private static Taxonomy Large(int events, int properties) => new(
        "UTC",
        [.. Enumerable.Range(0, events).Select(i => A.Event($"Object {i} Action {i % 7}", 1_000_000 / (i + 1)))],
        [.. Enumerable.Range(0, properties).Select(i => A.User($"attribute_{i}", $"value_{i}_a", $"value_{i}_b"))],
        [],
        []);
}
