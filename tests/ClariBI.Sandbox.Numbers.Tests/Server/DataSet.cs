using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reading;
using ClariBI.Sandbox.Numbers.Tests.Reference;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Numbers.Tests.Server;

/// <summary>One data folder: a sandbox that serves it, and what the reference reads from it.</summary>
internal sealed class DataSet : IAsyncDisposable
{
    private readonly Dictionary<string, McpClient> clients = [];
    private readonly Dictionary<string, EventFile> files = [];
    private readonly Dictionary<string, World> worlds = [];
    private readonly SemaphoreSlim gate = new(1);
    private readonly string folder;
    private readonly SandboxProcess process;
    private readonly JsonNode organisations;

    private DataSet(string folder, SandboxProcess process)
    {
        (this.folder, this.process) = (folder, process);
        organisations = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "org.json")))!["organisations"]!;
    }

    /// <summary>The afternoon of a Wednesday; New York is at half past nine.</summary>
    public static DateTime Now { get; } = new(2026, 11, 18, 14, 30, 0, DateTimeKind.Utc);

    public static async Task<DataSet> OpenAsync(string sample, Action<string>? fill = null, string results = "csv")
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-numbers-").FullName;
        fill?.Invoke(folder);
        try
        {
            return new(folder, await SandboxProcess.StartAsync(folder, sample, results, Now));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>A file of the folder, as it was written or made.</summary>
    public string Folder => folder;

    public World World(string project)
    {
        lock (worlds)
        {
            if (!worlds.TryGetValue(project, out var world))
            {
                var node = Project(project).Project;
                worlds[project] = world = new(EventsOf(node.Text("events") ?? project + ".jsonl"), TimeZoneInfo.FindSystemTimeZoneById(node.Text("timeZone")!),
                    node.Text("weekStart") == "sunday" ? DayOfWeek.Sunday : DayOfWeek.Monday, node["cohorts"]?.AsArray() ?? [], Now);
            }

            return world;
        }
    }

    /// <summary>Every project, as org.json describes it.</summary>
    public IEnumerable<JsonNode> Projects() => organisations.AsArray().SelectMany(organisation => organisation.Items("projects"));

    /// <summary>A project as org.json describes it.</summary>
    public JsonNode ProjectOf(string project) => Project(project).Project;

    public async Task<JsonNode> QueryAsync(string project, JsonObject arguments)
    {
        var call = new JsonObject { ["projectId"] = project };
        foreach (var (name, value) in arguments)
        {
            call[name] = value?.DeepClone();
        }

        return JsonNode.Parse(await CallAsync(project, "query_amplitude_data", call))!;
    }

    public async Task<string> CallAsync(string project, string tool, JsonObject arguments)
    {
        var client = await ClientAsync(Project(project).Organisation);
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(pair => pair.Key, pair => (object?)pair.Value));
        var text = ((TextContentBlock)result.Content[0]).Text;
        (result.IsError ?? false).ShouldBeFalse(text);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            await client.DisposeAsync();
        }

        process.Dispose();
        if (Environment.GetEnvironmentVariable("CLARIBI_NUMBERS_KEEP") is null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private (JsonNode Organisation, JsonNode Project) Project(string id) =>
        organisations.AsArray().SelectMany(organisation => organisation.Items("projects").Select(project => (organisation!, project))).First(pair => pair.project.Text("id") == id);

    private EventFile EventsOf(string name)
    {
        if (!files.TryGetValue(name, out var file))
        {
            var path = Path.Combine(folder, name);
            files[name] = file = EventFile.Read(File.Exists(path) ? path : path + ".gz", Now);
        }

        return file;
    }

    private async Task<McpClient> ClientAsync(JsonNode organisation)
    {
        var address = organisation.Text("region") == "eu" ? process.EuAddress : process.Address;
        await gate.WaitAsync();
        try
        {
            if (!clients.TryGetValue(organisation.Text("id")!, out var client))
            {
                var token = await SignIn.TokenAsync(address, organisation.Text("id")!);
                clients[organisation.Text("id")!] = client = await McpClient.CreateAsync(new HttpClientTransport(new()
                {
                    Endpoint = new(address, "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
                }));
            }

            return client;
        }
        finally
        {
            gate.Release();
        }
    }
}
