using ClariBI.Sandbox.Admin;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(ClariBI.Sandbox.Tests.SandboxServer))]

namespace ClariBI.Sandbox.Tests;

/// <summary>One sandbox with a small population and a clock that stands at a Sunday afternoon, and its events as parsed by the tests.</summary>
public sealed class SandboxServer : IAsyncLifetime
{
    public static readonly DateTime Now = new(2026, 11, 22, 15, 0, 0, DateTimeKind.Utc);
    public static readonly Uri AnyPort = new("http://127.0.0.1:0");
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-tests-").FullName;
    private SandboxFactory? factory;

    internal EventFile Events { get; private set; } = null!;

    internal string Folder => folder;

    public ValueTask InitializeAsync()
    {
        factory = Start(folder);
        _ = factory.Server;
        Events = EventFile.Read(Path.Combine(folder, "100001.jsonl"));
        return ValueTask.CompletedTask;
    }

    public HttpClient Client() => factory!.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") });

    internal SandboxAccount Account() => new(Client());

    internal static SandboxFactory Start(string folder, Uri? admin = null, params (string Name, string Value)[] more)
    {
        var settings = new List<(string Name, string Value)> { ("data", folder), ("users", "1500"), ("now", Now.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)) };
        settings.AddRange(more);
        if (admin is not null)
        {
            settings.Add(("admin-urls", admin.ToString()));
        }

        return new(settings);
    }

    public async ValueTask DisposeAsync()
    {
        await factory!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

internal sealed class SandboxFactory(List<(string Name, string Value)> settings) : WebApplicationFactory<Program>
{
    /// <summary>Where the admin endpoint came to listen, of a sandbox that has one.</summary>
    public Uri AdminAddress => new(Services.GetRequiredService<AdminServer>().Address!);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.ConfigureLogging(logging => logging.ClearProviders().AddFilter(level => level >= LogLevel.Error).AddConsole());
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }
    }
}
