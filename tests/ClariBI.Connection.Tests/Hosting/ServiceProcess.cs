using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ClariBI.Connection.Tests.Hosting;

/// <summary>One of our programs as a process of its own, with its output in a file.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly HttpClient Web = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly StreamWriter log;
    private readonly Process process;

    private ServiceProcess(Process process, Uri address, string logFile)
    {
        (this.process, Address, LogFile) = (process, address, logFile);
        log = new StreamWriter(logFile) { AutoFlush = true };
        process.OutputDataReceived += Write;
        process.ErrorDataReceived += Write;
    }

    public Uri Address { get; }

    public string LogFile { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <param name="project">Folder of the project, from the root of the repository.</param>
    public static ServiceProcess Start(string project, string logFile, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Servers.Program(project), "--urls", address.ToString(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Servers.Program(project))!,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = new ServiceProcess(new Process { StartInfo = start }, address, logFile);
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task WaitAsync(string path, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await Web.GetAsync(new Uri(Address, path), cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // Not up yet.
            }

            if (process.HasExited || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"{process.StartInfo.ArgumentList[0]} did not become ready: {await ReadLogAsync()}");
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>SIGKILL: nothing is said goodbye to.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    public async Task<string> ReadLogAsync()
    {
        await using var stream = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        await log.DisposeAsync();
    }

    private void Write(object sender, DataReceivedEventArgs line)
    {
        lock (log)
        {
            if (line.Data is not null && log.BaseStream is { CanWrite: true })
            {
                log.WriteLine(line.Data);
            }
        }
    }
}
