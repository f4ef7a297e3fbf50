using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Sandbox.Tests;

/// <summary>
/// A sandbox on real sockets, US and EU, with a handful of events and people of different roles: connections that break, hosts and
/// regions cannot be seen in memory.
/// </summary>
internal sealed class LiveSandbox : IAsyncDisposable
{
    public const string Reader = "reader@shop.example";
    public const string Writer = "writer@shop.example";
    public const string Blocked = "blocked@shop.example";
    public const string Parisian = "paris@shop.example";

    private const string Organisations = """
        {"user":{"name":"Ada","email":"ada@shop.example"},
         "accounts":[{"name":"Rita","email":"reader@shop.example","role":"Viewer","mcp":["read"]},{"name":"Wim","email":"writer@shop.example","mcp":["write"]},
           {"name":"Bo","email":"blocked@shop.example","mcp":[]},{"name":"Paul","email":"paris@shop.example","organisations":["paris"]}],
         "organisations":[{"id":"shop","name":"Shop","projects":[{"id":"7","name":"Shop (prod)","timeZone":"UTC"},{"id":"8","name":"Shop (dev)","timeZone":"UTC","events":"7.jsonl"}]},
           {"id":"boston","name":"Boston Store","region":"us","projects":[{"id":"9","name":"Boston","timeZone":"UTC","events":"7.jsonl"}]},
           {"id":"paris","name":"Paris Store","region":"eu","projects":[{"id":"10","name":"Paris","timeZone":"Europe/Paris","events":"7.jsonl"}]}]}
        """;

    private readonly string folder;
    private readonly SandboxFactory factory;
    private readonly List<HttpClient> clients = [];

    public LiveSandbox(params (string Name, string Value)[] more)
        : this(Directory.CreateTempSubdirectory("sandbox-live-").FullName, more)
    {
    }

    /// <summary>In a folder that may hold something already; it is deleted in the end.</summary>
    public LiveSandbox(string folder, params (string Name, string Value)[] more)
    {
        this.folder = folder;
        File.WriteAllText(Path.Combine(folder, "org.json"), Organisations);
        File.WriteAllText(Path.Combine(folder, "7.jsonl"), """{"event_type":"Order","event_time":"2026-11-21 10:00:00","user_id":"a","event_properties":{"price":12.5},"user_properties":{}}""");
        factory = SandboxServer.Start(folder, SandboxServer.AnyPort, [("urls", "http://127.0.0.1:0"), ("eu-urls", "http://127.0.0.1:0"), .. more]);
        factory.UseKestrel();
        factory.StartServer();
        var addresses = factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToArray();
        (UsAddress, EuAddress) = (addresses[0], addresses[1]);
        Admin = Client(factory.AdminAddress);
    }

    public Uri UsAddress { get; }

    public Uri EuAddress { get; }

    public HttpClient Admin { get; }

    public SandboxAccount Us() => new(Client(UsAddress));

    public SandboxAccount Eu() => new(Client(EuAddress));

    /// <summary>A client of its own, hence without anybody's sign-in.</summary>
    public HttpClient Client(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(90) };
        clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await factory.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
