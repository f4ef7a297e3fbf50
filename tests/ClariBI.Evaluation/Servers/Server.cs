using System.Diagnostics;

namespace ClariBI.Evaluation.Servers;

/// <summary>A process that this run started, and ends.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly Task writing;

    private Server(Process process, string log)
    {
        this.process = process;
        writing = CopyAsync(process, log);
    }

    /// <summary>Starts an assembly that was built in the checkout, and waits until <paramref name="health"/> answers.</summary>
    public static async Task<Server> StartAsync(Launch launch, Uri health, CancellationToken ct)
    {
        if (!File.Exists(launch.Assembly))
        {
            throw new EvaluationException($"{launch.Assembly} is missing: tests/run.sh eval builds it.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(launch.Log)!);
        var start = new ProcessStartInfo("dotnet", [launch.Assembly, .. launch.Arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(launch.Assembly)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        var server = new Server(Process.Start(start) ?? throw new EvaluationException($"{launch.Assembly} did not start."), launch.Log);
        try
        {
            await server.WaitAsync(health, launch, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        await writing;
        process.Dispose();
    }

    private async Task WaitAsync(Uri health, Launch launch, CancellationToken ct)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var began = Stopwatch.StartNew();
        while (began.Elapsed < Patience)
        {
            if (process.HasExited)
            {
                await writing;
                throw new EvaluationException($"{launch.Name} stopped at its start:\n{string.Join('\n', File.ReadLines(launch.Log).TakeLast(8))}");
            }

            try
            {
                using var reply = await client.GetAsync(health, ct);
                if (reply.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                // Not yet.
            }

            await Task.Delay(100, ct);
        }

        throw new EvaluationException($"{launch.Name} was not ready within {Patience.TotalMinutes} minutes; see {launch.Log}.");
    }

    private static async Task CopyAsync(Process process, string log)
    {
        await using var file = new StreamWriter(log) { AutoFlush = true };
        using var one = new SemaphoreSlim(1);
        await Task.WhenAll(LinesAsync(process.StandardOutput), LinesAsync(process.StandardError));

        async Task LinesAsync(StreamReader lines)
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                await one.WaitAsync();
                await file.WriteLineAsync(line);
                one.Release();
            }
        }
    }
}

/// <param name="Name">For messages.</param>
/// <param name="Log">The file that takes what it says.</param>
internal sealed record Launch(string Name, string Assembly, string Log)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
