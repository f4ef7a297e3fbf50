using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace ClariBI.Policy.Tests.Hosting;

/// <summary>The Amplitude sandbox in a process of its own, with one event and a person who may write.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    public const string Organisation = "shop";
    public const string Project = "7";

    private const string Organisations = """
        {"user":{"name":"Wim","email":"wim@shop.example","mcp":["read","write"]},
         "organisations":[{"id":"shop","name":"Shop","projects":[{"id":"7","name":"Shop (prod)","timeZone":"UTC"}]}]}
        """;

    private readonly string folder;
    private readonly Process process;
    private readonly HttpClient admin;

    private SandboxProcess(string folder, Process process, Uri address, Uri adminAddress)
    {
        (this.folder, this.process, Address) = (folder, process, address);
        admin = new HttpClient { BaseAddress = adminAddress };
    }

    public Uri Address { get; }

    public static async Task<SandboxProcess> StartAsync(string profile)
    {
        var folder = Directory.CreateTempSubdirectory("claribi-policy-sandbox-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "org.json"), Organisations);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "7.jsonl"),
            """{"event_type":"Order","event_time":"2026-11-21 10:00:00","user_id":"a","event_properties":{"price":12.5},"user_properties":{}}""");
        var (address, adminAddress) = (FreeAddress(), FreeAddress());
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Repository.Root, "deploy/sandbox/ClariBI.Sandbox/bin", configuration, "net10.0/ClariBI.Sandbox.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", $"{address}", "--admin-urls", $"{adminAddress}", "--data", folder, "--profile", profile])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var sandbox = new SandboxProcess(folder, process, address, adminAddress);
        await sandbox.WaitAsync();
        return sandbox;
    }

    /// <summary>Every tools/call that came in over HTTP, whatever came of it.</summary>
    public async Task<List<(string Tool, JsonElement Arguments)>> CallsAsync()
    {
        var requests = await admin.GetFromJsonAsync<JsonElement>("/requests");
        return [.. requests.EnumerateArray()
            .Where(request => Text(request, "rpcMethod") == "tools/call")
            .Select(request => (Text(request, "tool") ?? "", request.TryGetProperty("arguments", out var arguments) ? arguments.Clone() : default))];
    }

    public async Task ForgetRequestsAsync() => (await admin.DeleteAsync(new Uri("/requests", UriKind.Relative))).EnsureSuccessStatusCode();

    public async Task FaultAsync(object fault) => (await admin.PostAsJsonAsync("/faults", fault)).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        admin.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WaitAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var attempt = 0; attempt < 240 && !process.HasExited; attempt++)
        {
            try
            {
                if ((await http.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // Not up yet.
            }

            await Task.Delay(250);
        }

        throw new InvalidOperationException("The sandbox did not start.");
    }

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
