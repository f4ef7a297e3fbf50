using System.Net.Http.Json;
using System.Text.Json;

namespace ClariBI.EndToEnd.Tests;

/// <summary>The running product that tests/run.sh started, as its environment describes it.</summary>
internal static class Product
{
    public static Uri Address { get; } = new(Setting("CLARIBI_URL"));

    /// <summary>The sandbox's log of requests, grants and switches for faults.</summary>
    public static HttpClient SandboxAdmin { get; } = new() { BaseAddress = new Uri(Setting("CLARIBI_SANDBOX_ADMIN")) };

    /// <summary>The data folder: databases, keys, logs and the sandbox's events.</summary>
    public static string Data { get; } = Setting("CLARIBI_DATA");

    /// <summary>Set where the services run in processes of their own.</summary>
    public static string? RabbitMq { get; } = Environment.GetEnvironmentVariable("CLARIBI_RABBITMQ");

    public static bool IsDistributed => RabbitMq is not null;

    public static Uri Sandbox { get; } = new(Setting("CLARIBI_SANDBOX"));

    public static async Task SetFaultAsync(string kind, int count, CancellationToken ct)
    {
        var response = await SandboxAdmin.PostAsJsonAsync("/faults", new { kind, count }, ct);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Tool calls and OAuth requests the sandbox has seen.</summary>
    public static async Task<JsonElement[]> SandboxRequestsAsync(CancellationToken ct) =>
        (await SandboxAdmin.GetFromJsonAsync<JsonElement[]>("/requests", ct))!;

    public static async Task<JsonElement[]> GrantsAsync(CancellationToken ct) =>
        (await SandboxAdmin.GetFromJsonAsync<JsonElement[]>("/grants", ct))!;

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set: run these tests with tests/run.sh services.");
}
