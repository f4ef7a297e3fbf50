using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RabbitMQ.Client;
using Shouldly;
using Xunit;

namespace ClariBI.EndToEnd.Tests;

/// <summary>
/// No token, code or verifier in a database, a log, or on the bus. The sandbox's secrets carry a prefix, so that one found
/// anywhere gives itself away; that the scan would find one is shown first.
/// </summary>
[Collection("product")]
public sealed partial class SecrecyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_vendors_secrets_are_what_the_scan_looks_for()
    {
        using var vendor = new HttpClient { BaseAddress = Product.Sandbox };
        var registered = await (await vendor.PostAsJsonAsync("/register", new
        {
            client_name = "scan",
            redirect_uris = (string[])["http://localhost:1/callback"],
            token_endpoint_auth_method = "none",
        }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        const string verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var url = new Uri(Product.Sandbox, $"/authorize?response_type=code&client_id={registered.GetProperty("client_id").GetString()}&redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fcallback&scope=mcp%3Aread%20offline_access&state=s&code_challenge={challenge}&code_challenge_method=S256");
        var authorization = JsonSerializer.SerializeToElement(new { authorizeUrl = url.ToString() });
        var callback = await Person.ConsentAsync(authorization, Ct);
        Secret().IsMatch(callback.Query).ShouldBeTrue();

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = registered.GetProperty("client_id").GetString()!,
            ["code"] = System.Web.HttpUtility.ParseQueryString(callback.Query)["code"]!,
            ["code_verifier"] = verifier,
            ["redirect_uri"] = "http://localhost:1/callback",
        });
        var tokens = await (await vendor.PostAsync("/token", form, Ct)).Content.ReadAsStringAsync(Ct);
        Secret().Count(tokens).ShouldBe(2, "an access token and a refresh token");
    }

    [Fact]
    public async Task No_database_and_no_log_holds_a_secret()
    {
        using var ada = await Person.RegisterAsync(Ct);
        await ada.ConnectSandboxAsync(Ct);
        (await ada.AskAsync("Purchases by plan", Ct)).ShouldBeAnswered();

        // The sandbox stands for the vendor: what it keeps is not ours.
        var folders = new List<string> { Path.Combine(Product.Data, "logs"), Path.Combine(Product.Data, "keys") };
        folders.Add(Environment.GetEnvironmentVariable("CLARIBI_POSTGRES_FOLDER") ?? Path.Combine(Product.Data, "databases"));
        var scanned = 0;
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        {
            var text = await ReadLatin1Async(file);
            scanned++;
            Secret().IsMatch(text).ShouldBeFalse($"{file} holds {Secret().Match(text).Value[..Math.Min(12, Secret().Match(text).Length)]}…");
        }

        scanned.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task No_message_on_RabbitMQ_holds_a_secret()
    {
        if (!Product.IsDistributed)
        {
            return; // The in-memory bus never leaves the process.
        }

        await using var connection = await new ConnectionFactory { Uri = new Uri(Product.RabbitMq!) }.CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        var tap = (await channel.QueueDeclareAsync(cancellationToken: Ct)).QueueName;

        // tests/run.sh turned the broker's tracing on: every message published anywhere is copied to this exchange.
        await channel.QueueBindAsync(tap, "amq.rabbitmq.trace", "publish.#", cancellationToken: Ct);
        using var ada = await Person.RegisterAsync(Ct);
        var source = await ada.ConnectSandboxAsync(Ct);
        (await ada.AskAsync("Purchases by plan", Ct)).ShouldBeAnswered();
        await ada.PostAsync($"/api/data-sources/{source.GetProperty("id").GetString()}/disconnect", null, HttpStatusCode.OK, Ct);

        var (messages, leases) = (0, 0);
        while (await channel.BasicGetAsync(tap, autoAck: true, Ct) is { } message)
        {
            var text = Encoding.Latin1.GetString(message.Body.Span);
            messages++;
            leases += text.Contains("ephemeralPublicKey", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            Secret().IsMatch(text).ShouldBeFalse(message.RoutingKey);
        }

        messages.ShouldBeGreaterThan(20);
        leases.ShouldBeGreaterThan(1, "the tap must have seen the sealed tokens pass");
    }

    private static async Task<string> ReadLatin1Async(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Ct);
    }

    [GeneratedRegex("(amp_(at|rt|ac)_|cs_)[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
