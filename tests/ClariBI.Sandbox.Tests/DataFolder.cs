using System.Diagnostics;
using System.Text;

namespace ClariBI.Sandbox.Tests;

/// <summary>A data folder of a test's own: an org.json with project 7 and event files, and the sandbox started on it.</summary>
public sealed class DataFolder : IAsyncDisposable
{
    private SandboxFactory? factory;

    public string Path { get; } = Directory.CreateTempSubdirectory("sandbox-data-").FullName;

    public static string Organisation(string project) =>
        $$"""{"user":{"name":"A","email":"a@b.example"},"organisations":[{"id":"own","name":"Own","projects":[{"id":"7","name":"Shop","timeZone":"UTC"{{project}}}]}]}""";

    public DataFolder With(string file, params string[] lines)
    {
        var path = In(file);
        File.WriteAllText(path, string.Join('\n', lines) + (lines.Length == 0 ? "" : "\n"), new UTF8Encoding(false));
        return this;
    }

    public DataFolder WithZipped(string file, params string[] lines)
    {
        using var zip = new System.IO.Compression.GZipStream(File.Create(In(file)), System.IO.Compression.CompressionLevel.Fastest);
        zip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return this;
    }

    /// <summary>Starts the sandbox in this process; one started before ends.</summary>
    internal async Task<Tools> OpenAsync(string project = "")
    {
        if (!File.Exists(In("org.json")))
        {
            With("org.json", Organisation(project));
        }

        await (factory?.DisposeAsync() ?? ValueTask.CompletedTask);
        factory = SandboxServer.Start(Path);
        return await new SandboxAccount(factory.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") })).ConnectAsync(organisation: "own");
    }

    /// <summary>Starts the sandbox as its own process, for one that is expected to end by itself.</summary>
    public async Task<(int ExitCode, string Errors)> RunAsync(params string[] more)
    {
        var program = System.IO.Path.Combine(AppContext.BaseDirectory, "ClariBI.Sandbox.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--data", Path, .. more]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = await process.StandardError.ReadToEndAsync(patience.Token);
            await output;
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null)
        {
            await factory.DisposeAsync();
        }

        Directory.Delete(Path, recursive: true);
    }

    private string In(string file)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
