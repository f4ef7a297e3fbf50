using ClariBI.Evaluation.Asking;
using ClariBI.Evaluation.Grading;
using ClariBI.Evaluation.Questions;
using ClariBI.Evaluation.Reporting;
using ClariBI.Evaluation.Servers;

namespace ClariBI.Evaluation;

/// <summary>A set of data and what is asked of it; what is kept aside is graded apart.</summary>
internal sealed record Part(DataSet Data, IReadOnlyList<Question> Seen, IReadOnlyList<Question> Aside);

/// <summary>One run: every set of data in turn, then the figures.</summary>
internal sealed class EvaluationRun(Options options, TextWriter output)
{
    private readonly List<Graded> seen = [];
    private readonly List<Graded> aside = [];

    /// <returns>Whether the figures keep to what was asked of them.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var parts = await PartsAsync(ct);
        if (parts.Sum(part => part.Seen.Count) == 0)
        {
            throw new EvaluationException("There are no questions to ask.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(options.Out)!);
        await using var file = new StreamWriter(options.Out);
        foreach (var part in parts)
        {
            await RunAsync(part, file, ct);
        }

        foreach (var line in Report.Write(seen, aside))
        {
            await output.WriteLineAsync(line);
        }

        return Keeps(seen) && Keeps(aside);
    }

    private async Task<IReadOnlyList<Part>> PartsAsync(CancellationToken ct)
    {
        var given = options.Questions is { } file ? await QuestionFile.ReadAsync(file, ct) : null;
        if (options.Data is { } folder)
        {
            return [new Part(new DataSet("data", options.Now) { Folder = folder }, [.. given!.Where(Wanted)], [])];
        }

        var sets = await SampleSets.ReadAsync(options.Root, ct);
        var chosen = given?.ToLookup(sets.SampleOf);
        var parts = new List<Part>();
        foreach (var sample in sets.Names)
        {
            var questions = chosen is null ? await sets.QuestionsAsync(sample, ct) : [.. chosen[sample]];
            var kept = chosen is null && options.Only is null ? await sets.KeptAsideAsync(sample, ct) : [];
            parts.Add(new Part(new DataSet(sample, options.Now ?? sets.Now) { Users = sets.Users }, [.. questions.Where(Wanted)], kept));
        }

        return [.. parts.Where(part => part.Seen.Count > 0)];
    }

    private async Task RunAsync(Part part, StreamWriter file, CancellationToken ct)
    {
        await output.WriteLineAsync($"== {part.Data.Name}: {part.Seen.Count} questions{(part.Aside.Count > 0 ? $", {part.Aside.Count} kept aside" : "")}");
        await using var stage = await Stage.OpenAsync(part.Data, options.Root, ct);
        using var person = await Person.RegisterAsync(stage.Product, ct);
        var projects = await Connecting.ConnectAsync(person, await Organisations.ReadAsync(stage.Data, ct), output, ct);
        await output.WriteLineAsync($"connected: {string.Join(", ", projects.Select(source => $"{source.Project.Name}{(source.Project.IsEu ? " (EU)" : "")}"))}");
        var asker = new Asker(person, projects);
        await AskAsync(asker, part.Seen, async graded =>
        {
            seen.Add(graded);
            await file.WriteLineAsync(Lines.Keep(graded));
            if (!options.MissesOnly || graded.Verdict.Mark != Mark.Right)
            {
                await output.WriteLineAsync(Lines.Print(graded));
            }
        }, ct);
        await AskAsync(asker, part.Aside, graded =>
        {
            aside.Add(graded);
            return Task.CompletedTask;
        }, ct);
    }

    /// <summary>Several at once, told in the order of the file.</summary>
    private async Task AskAsync(Asker asker, IReadOnlyList<Question> questions, Func<Graded, Task> tell, CancellationToken ct)
    {
        using var places = new SemaphoreSlim(options.Askers);
        foreach (var asking in questions.Select(question => GradeAsync(asker, question, places, ct)).ToList())
        {
            await tell(await asking);
        }
    }

    private static async Task<Graded> GradeAsync(Asker asker, Question question, SemaphoreSlim places, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            var reply = await asker.AskAsync(question, ct);
            return new Graded(question, reply, Grader.Grade(question, reply));
        }
        finally
        {
            places.Release();
        }
    }

    private bool Wanted(Question question) =>
        options.Only is not { } text || question.Id.Contains(text, StringComparison.OrdinalIgnoreCase) || question.Class.Contains(text, StringComparison.OrdinalIgnoreCase);

    private bool Keeps(IReadOnlyList<Graded> graded)
    {
        var tally = Tally.Of(graded);
        return tally.All == 0 || !(tally.RightPercent < options.LeastRight || tally.WrongPercent > options.MostWrong);
    }
}
