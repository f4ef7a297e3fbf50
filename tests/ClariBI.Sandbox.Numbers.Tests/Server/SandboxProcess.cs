using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace ClariBI.Sandbox.Numbers.Tests.Server;

/// <summary>The sandbox as its users start it: a program of its own, with a data folder and a clock that stands still.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process process;

    private SandboxProcess(Process process, Uri address, Uri euAddress) => (this.process, Address, EuAddress) = (process, address, euAddress);

    public Uri Address { get; }

    /// <summary>The EU region, with clients and sign-ins of its own.</summary>
    public Uri EuAddress { get; }

    public static async Task<SandboxProcess> StartAsync(string folder, string sample, string results, DateTime now)
    {
        var program = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "SandboxFolder").Value!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(program, "ClariBI.Sandbox.dll"), "--urls", "http://127.0.0.1:0", "--eu-urls", "http://127.0.0.1:0", "--data", folder, "--sample", sample, "--results", results, "--users", "1500", "--now", now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var (both, addresses, said) = (new TaskCompletionSource(), new List<Uri>(), new List<string>());
        void Hear(string? line)
        {
            lock (said)
            {
                said.Add(line ?? "(end)");
                if (line?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                {
                    addresses.Add(new(line[(at + Listening.Length)..].Trim()));
                }

                if (addresses.Count == 2)
                {
                    both.TrySetResult();
                }
            }
        }

        process.OutputDataReceived += (_, data) => Hear(data.Data);
        process.ErrorDataReceived += (_, data) => Hear(data.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(both.Task, process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(2)));
        if (!both.Task.IsCompleted)
        {
            process.Kill();
            throw new InvalidOperationException($"The sandbox ({sample}, {folder}) did not start: {string.Join('\n', said)}");
        }

        // They are said in the order asked for.
        return new(process, addresses[0], addresses[1]);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
