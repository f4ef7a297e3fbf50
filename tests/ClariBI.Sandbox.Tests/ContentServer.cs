using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(ClariBI.Sandbox.Tests.ContentServers))]

namespace ClariBI.Sandbox.Tests;

/// <summary>One sandbox per generation of tools, over the same content.</summary>
public sealed class ContentServers : IAsyncLifetime
{
    internal ContentServer Gen2 { get; } = new("gen2");

    internal ContentServer Gen3 { get; } = new("gen3");

    public ValueTask InitializeAsync()
    {
        Gen2.Start();
        Gen3.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Gen2.DisposeAsync();
        await Gen3.DisposeAsync();
    }
}

/// <summary>A sandbox over a small folder written by hand, with something of every kind a tool can read.</summary>
internal sealed class ContentServer(string profile) : IAsyncDisposable
{
    private const int Seed = 20261122;
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-content-").FullName;
    private SandboxFactory? factory;

    public EventFile Events { get; private set; } = null!;

    public void Start()
    {
        File.WriteAllText(Path.Combine(folder, "org.json"), Organisation);
        File.WriteAllLines(Path.Combine(folder, "7.jsonl"), Lines());
        Events = EventFile.Read(Path.Combine(folder, "7.jsonl"));
        factory = SandboxServer.Start(folder, null, ("profile", profile));
        _ = factory.Server;
    }

    public async Task<Tools> ConnectAsync(string scope = "mcp:read", string organisation = "acme", string path = "/mcp") =>
        await Account().ConnectAsync(scope, organisation, path: path);

    /// <summary>The list as it is on the wire: the SDK's types lack some of its members.</summary>
    public async Task<JsonElement[]> ListAsync(string path = "/mcp")
    {
        var account = Account();
        var (_, tokens) = await account.SignInAsync(organisation: "acme");
        var token = tokens.GetProperty("access_token").GetString();
        using var hello = await account.KnockAsync(token);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("""{"jsonrpc":"2.0","id":9,"method":"tools/list"}""", new MediaTypeHeaderValue("application/json")) };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("mcp-session-id", hello.Headers.GetValues("mcp-session-id"));
        using var reply = await account.Http.SendAsync(request);
        var data = (await reply.Content.ReadAsStringAsync()).Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal));
        return [.. JsonDocument.Parse(data[6..]).RootElement.GetProperty("result").GetProperty("tools").EnumerateArray()];
    }

    public SandboxAccount Account() => new(factory!.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") }));

    public async ValueTask DisposeAsync()
    {
        await factory!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>600 users in November 2026: exposures to two experiments, some twice, with orders before, within and after them.</summary>
    private static IEnumerable<string> Lines()
    {
        var random = new Random(Seed);
        var first = new DateTime(2026, 10, 28, 0, 0, 0, DateTimeKind.Utc);
        for (var user = 1; user <= 600; user++)
        {
            var isTreated = random.Next(2) == 1;
            var exposed = first.AddDays(4).AddMinutes(random.Next(14 * 24 * 60));
            var session = 1_000_000L + user;
            yield return Line("$exposure", exposed, user, session, new() { ["flag_key"] = "checkout", ["variant"] = isTreated ? "treatment" : "control" });
            if (user % 7 == 0)
            {
                yield return Line("$exposure", exposed.AddHours(1), user, session, new() { ["flag_key"] = "checkout", ["variant"] = isTreated ? "control" : "treatment" });
            }

            yield return Line("$exposure", exposed, user, session, new() { ["flag_key"] = "banner", ["variant"] = user % 10 < 7 ? "off" : "on" });
            for (var visit = 0; visit < 4; visit++)
            {
                var at = first.AddMinutes(random.Next(25 * 24 * 60));
                yield return Line("View", at, user, session + (1000 * (visit + 1)), new() { ["page"] = visit % 2 == 0 ? "home" : "offer" });
                if (random.NextDouble() < (isTreated ? 0.45 : 0.25))
                {
                    yield return Line("Order", at.AddMinutes(random.Next(1, 120)), user, session + (1000 * (visit + 1)), new() { ["price"] = Math.Round(5 + (random.NextDouble() * 20), 2) });
                }
            }
        }
    }

    private static string Line(string type, DateTime at, int user, long session, Dictionary<string, object> properties) => JsonSerializer.Serialize(new
    {
        event_type = type,
        event_time = at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        user_id = $"user{user}",
        device_id = $"device{user}",
        amplitude_id = user,
        session_id = session,
        event_properties = properties,
        user_properties = new { email = $"user{user}@shop.example", tier = user % 3 == 0 ? "gold" : "basic" },
        country = user % 2 == 0 ? "Germany" : "France",
        platform = "Web",
        version_name = "1.0",
    });

    private const string Organisation = """
        {"user":{"name":"Ada","email":"ada@shop.example"},
         "organisations":[
          {"id":"acme","name":"Acme","projects":[{"id":"7","name":"Shop","timeZone":"Europe/Berlin","currency":"EUR","weekStart":"sunday","description":"A small shop.",
            "charts":[
             {"id":"orders","name":"Orders a day","description":"How many orders come in.","owner":"Ada","isOfficial":true,"chart":{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"event_totals"},"date_range":{"relative":"Last 30 Days"}}},
             {"id":"views","name":"Visitors","owner":"Bob","definition":{"app":"7","type":"eventsSegmentation","params":{"range":"Last 7 Days","events":[{"event_type":"View"}],"metric":"uniques","interval":1}}}],
            "cohorts":[{"id":"buyers","name":"Buyers","description":"Ordered lately","definition":{"version":3,"andClauses":[{"negated":false,"orClauses":[{"type":"event","type_value":"Order","operator":">=","operator_value":1,"time_type":"rolling","time_value":30}]}]}}],
            "dashboards":[{"id":"sales","name":"Sales board","description":"Numbers for Monday","owner":"Ada","isOfficial":true,"rows":[{"height":500,"items":[{"type":"chart","width":6,"chartId":"orders"},{"type":"rich_text","width":6,"content":"Hello"}]}]}],
            "notebooks":[{"id":"notes","name":"Checkout notes","rows":[{"height":375,"items":[{"type":"chart","width":12,"chartId":"views"}]}]}],
            "metrics":[
             {"id":"m-buyers","name":"Buyers","isOfficial":true,"chart":{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"unique_users"},"date_range":{"relative":"Last 30 Days"}}},
             {"id":"m-orders","name":"Orders per user","chart":{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"event_totals"},"date_range":{"relative":"Last 30 Days"}}},
             {"id":"m-revenue","name":"Revenue per user","chart":{"kind":"segmentation","events":[{"event":"Order","group_by":[{"property":"price","scope":"event"}]}],"measured_as":{"as":"property_sum"},"date_range":{"relative":"Last 30 Days"}}},
             {"id":"m-funnel","name":"View to order","chart":{"kind":"funnel","steps":[{"event":"View"},{"event":"Order"}],"conversion_window":{"value":1,"unit":"hour"},"date_range":{"relative":"Last 30 Days"}}}],
            "experiments":[
             {"id":"501","key":"checkout","name":"New checkout","start":"2026-11-01","end":"2026-11-15","state":"decision-made","decision":"treatment",
              "variants":[{"key":"control","name":"Old","weight":1},{"key":"treatment","name":"New","weight":1}],
              "metrics":[{"metricId":"m-buyers","goal":"success"},{"metricId":"m-orders","goal":"success"},{"metricId":"m-revenue","goal":"guardrail"}]},
             {"id":"502","key":"banner","name":"Banner","start":"2026-11-01","variants":[{"key":"off","name":"Off","weight":50},{"key":"on","name":"On","weight":50}],"metrics":[{"metricId":"m-buyers","goal":"success"}]}],
            "flags":[{"key":"new-checkout","name":"New checkout flag","deployments":["web","ios"]}],
            "feedback":{"sources":[{"id":"store","name":"App store","kind":"reviews"}],
             "comments":[{"id":"c1","sourceId":"store","at":"2026-10-05T10:00:00Z","text":"Too slow","rating":2},{"id":"c2","sourceId":"store","at":"2026-11-05T10:00:00Z","text":"Still slow"},{"id":"c3","sourceId":"store","at":"2026-11-20T23:30:00Z","text":"Lovely colours","rating":5}],
             "insights":[{"id":"i1","type":"complaint","title":"Slowness","summary":"Pages take long.","commentIds":["c1","c2"]},{"id":"i2","type":"lovedFeature","title":"Colours","summary":"People like them.","commentIds":["c3"]}]},
            "taxonomy":{"events":{"Order":{"description":"An order was placed","category":"Shop"}},"eventProperties":{"price":{"description":"Total"}},"userProperties":{"tier":{"description":"Loyalty tier"}}}}]},
          {"id":"globex","name":"Globex","projects":[{"id":"8","name":"Other","timeZone":"UTC","events":"7.jsonl",
            "charts":[{"id":"theirs","name":"Theirs","chart":{"kind":"sessions","date_range":{"relative":"Today"}}}],"dashboards":[{"id":"theirboard","name":"Their board"}]}]}]}
        """;
}
