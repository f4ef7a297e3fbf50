using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Policy.Tests.Hosting;

/// <summary>An MCP client of its own with a grant that may write: nothing stands between it and the vendor.</summary>
internal sealed class WritingClient(McpClient client) : IAsyncDisposable
{
    private const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-to-like-it";
    private const string Redirect = "http://localhost:8900/callback";

    public static async Task<WritingClient> ConnectAsync(Uri sandbox)
    {
        var challenge = Base64UrlTextEncoder.Encode(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));
        using var http = new HttpClient { BaseAddress = sandbox };
        using var registered = await http.PostAsJsonAsync("/register", new { client_name = "Writer", redirect_uris = new[] { Redirect }, token_endpoint_auth_method = "none" });
        var id = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("client_id").GetString()!;
        var url = QueryHelpers.AddQueryString(new Uri(sandbox, "/authorize").ToString(), new Dictionary<string, string?>
        {
            ["client_id"] = id,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = "mcp:read mcp:write",
            ["state"] = "s",
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        });
        var code = QueryHelpers.ParseQuery((await Consent.GiveAsync(new Uri(url))).Query)["code"].ToString();
        using var answered = await http.PostAsync("/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = id,
            ["code"] = code,
            ["code_verifier"] = Verifier,
            ["redirect_uri"] = Redirect,
        }));
        var token = (await answered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        var transport = new HttpClientTransport(new()
        {
            Endpoint = new Uri(sandbox, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        });
        return new WritingClient(await McpClient.CreateAsync(transport));
    }

    public async Task<List<Tool>> ListAsync() => [.. (await client.ListToolsAsync()).Select(tool => tool.ProtocolTool)];

    public async Task<CallToolResult> CallAsync(string tool, string arguments) =>
        await client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)! });

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
