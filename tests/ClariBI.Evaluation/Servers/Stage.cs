namespace ClariBI.Evaluation.Servers;

/// <summary>The sandbox on one set of data and the whole product beside it, both with the same fixed clock.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string work;
    private readonly List<Server> servers = [];

    private Stage(string work, int[] ports)
    {
        this.work = work;
        Product = new Uri($"http://localhost:{ports[0]}");
        Sandbox = new Uri($"http://localhost:{ports[1]}");
        SandboxEu = new Uri($"http://localhost:{ports[2]}");
    }

    public Uri Product { get; }

    public Uri Sandbox { get; }

    public Uri SandboxEu { get; }

    /// <summary>The data folder as the sandbox has it.</summary>
    public string Data { get; private set; } = "";

    public static async Task<Stage> OpenAsync(DataSet data, string root, CancellationToken ct)
    {
        var stage = new Stage(Directory.CreateTempSubdirectory("claribi-eval-").FullName, Ports.Free(3));
        try
        {
            await stage.StartAsync(data, root, ct);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(servers))
        {
            await server.DisposeAsync();
        }

        Directory.Delete(work, recursive: true);
    }

    private async Task StartAsync(DataSet data, string root, CancellationToken ct)
    {
        Data = data.Prepare(work);
        var logs = Path.Combine(root, "artifacts", "evaluation");
        var sandbox = new Launch("the sandbox", Built(root, "deploy/sandbox/ClariBI.Sandbox"), Path.Combine(logs, $"{data.Name}-sandbox.log"))
        {
            Arguments = SandboxArguments(data),
        };
        var product = new Launch("the product", Built(root, "services/AllInOne/ClariBI.AllInOne"), Path.Combine(logs, $"{data.Name}-product.log"))
        {
            Environment = ProductSettings(data),
        };
        servers.Add(await Server.StartAsync(sandbox, new Uri(Sandbox, "/health"), ct));
        servers.Add(await Server.StartAsync(product, new Uri(Product, "/health/ready"), ct));
    }

    private string[] SandboxArguments(DataSet data) =>
    [
        "--urls", Sandbox.Origin(), "--eu-urls", SandboxEu.Origin(), "--public-url", Sandbox.Origin(), "--eu-public-url", SandboxEu.Origin(),
        "--data", Data,
        .. data.Folder is null ? new[] { "--sample", data.Name, "--users", $"{data.Users}" } : [],
        .. data.Now is { } now ? new[] { "--now", now.ToString("O") } : [],
    ];

    /// <summary>As deploy/run.sh starts it, with room for many questions in a minute and the calendar fixed.</summary>
    private Dictionary<string, string> ProductSettings(DataSet data)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = Product.Origin(),
            ["Gateway__PublicUrl"] = Product.Origin(),
            ["Gateway__RequestsPerMinute"] = "1000000",
            ["Connector__PublicUrl"] = Product.Origin(),
            ["Connector__SandboxUrl"] = Sandbox.Origin(),
            ["Connector__SandboxEuUrl"] = SandboxEu.Origin(),
            ["Outbound__AllowedOrigins__0"] = Sandbox.Origin(),
            ["Outbound__AllowedOrigins__1"] = SandboxEu.Origin(),
            ["Database__Folder"] = Path.Combine(work, "databases"),
            ["Internal__KeyFile"] = Path.Combine(work, "keys", "internal.key"),
            ["Vault__KeyFile"] = Path.Combine(work, "keys", "vault.key"),
        };
        if (data.Now is { } now)
        {
            settings["Planner__Now"] = now.ToString("O");
            settings["Planner__AllowFixedCalendar"] = "true";
        }

        return settings;
    }

    private static string Built(string root, string project) => Path.Combine(root, project, "bin", "Release", "net10.0", Path.GetFileName(project) + ".dll");
}

internal static class Origins
{
    public static string Origin(this Uri address) => address.GetLeftPart(UriPartial.Authority);
}
