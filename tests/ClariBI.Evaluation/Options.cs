using System.Globalization;

namespace ClariBI.Evaluation;

/// <summary>What tests/run.sh eval was given.</summary>
internal sealed class Options
{
    public const string Usage = """
        tests/run.sh eval [--data DIR] [--questions FILE] [--now T] [--engine builtin|openai]
          --data DIR        the sandbox's data folder (org.json and events); it is only read. Without it: the three samples
          --questions FILE  the questions, one JSON object a line. Without it: those of the samples, and apart the fifth kept aside
          --now T           fixes the clock of the sandbox and of the product's calendar; without it that of the samples, with --data the machine's
          --engine E        builtin (default)
          --askers N        questions asked at once (default 3)
          --only TEXT       only questions whose id or class has TEXT in it; nothing kept aside is asked then
          --misses          prints what is not right only
          --out FILE        what was asked and got, a JSON object a line (default artifacts/evaluation/results.jsonl)
          --min-right P     exit code 1 where less than P percent are right
          --max-wrong P     exit code 1 where more than P percent are wrong
        """;

    private static readonly string[] Flags = ["--misses"];
    private static readonly string[] Values =
        ["--root", "--data", "--questions", "--now", "--engine", "--askers", "--only", "--out", "--min-right", "--max-wrong"];

    private readonly Dictionary<string, string> given = [];

    private Options()
    {
    }

    /// <summary>The checkout.</summary>
    public string Root => given.GetValueOrDefault("--root", Directory.GetCurrentDirectory());

    public string? Data => Path("--data");

    public string? Questions => Path("--questions");

    public DateTimeOffset? Now => given.TryGetValue("--now", out var now) ? Time(now) : null;

    public int Askers => (int)Number("--askers", 3, 1, 64);

    public string? Only => given.GetValueOrDefault("--only");

    public bool MissesOnly => given.ContainsKey("--misses");

    public string Out => Path("--out") ?? System.IO.Path.Combine(Root, "artifacts", "evaluation", "results.jsonl");

    public double? LeastRight => given.ContainsKey("--min-right") ? Number("--min-right", 0, 0, 100) : null;

    public double? MostWrong => given.ContainsKey("--max-wrong") ? Number("--max-wrong", 0, 0, 100) : null;

    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var i = 0; i < args.Count; i++)
        {
            if (Flags.Contains(args[i]))
            {
                options.given[args[i]] = "";
            }
            else if (Values.Contains(args[i]) && i + 1 < args.Count)
            {
                options.given[args[i]] = args[++i];
            }
            else
            {
                throw new EvaluationException($"'{args[i]}' is no option, or has no value.\n{Usage}");
            }
        }

        options.Check();
        return options;
    }

    /// <summary>Everything is read once, so that a mistake shows before anything starts.</summary>
    private void Check()
    {
        _ = (Now, Askers, LeastRight, MostWrong);
        var engine = given.GetValueOrDefault("--engine", "builtin");
        if (engine != "builtin")
        {
            throw new EvaluationException(engine == "openai"
                ? "--engine openai: the product has no engine with an outside model yet."
                : $"--engine takes builtin or openai, not '{engine}'.");
        }

        if (Data is not null && Questions is null)
        {
            throw new EvaluationException("--data needs --questions: the samples' questions are about the samples.");
        }
    }

    private string? Path(string name) => given.TryGetValue(name, out var path) ? System.IO.Path.GetFullPath(path) : null;

    private double Number(string name, double otherwise, double least, double most) =>
        !given.TryGetValue(name, out var text) ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new EvaluationException($"{name} takes a number from {least} to {most}, not '{text}'.");

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime()
        : throw new EvaluationException($"--now takes a time such as 2026-05-13T12:00:00Z, not '{text}'.");
}
