using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Connection.Tests.Journeys;

internal sealed record Tapped(string Path, string Body, string? Bearer)
{
    public string? this[string field] => QueryHelpers.ParseQuery(Body).TryGetValue(field, out var value) ? value.ToString() : null;

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}

/// <summary>What came to the vendor, body included; and a chance to answer in its place.</summary>
internal sealed class VendorTap
{
    private readonly ConcurrentQueue<Tapped> seen = new();

    public VendorTap(TestVendor vendor) => vendor.Intercept = HandleAsync;

    /// <summary>Answers a request instead of the vendor, by returning true.</summary>
    public Func<HttpContext, Tapped, Task<bool>>? Answer { get; set; }

    public List<Tapped> To(string path) => [.. seen.Where(request => request.Path == path)];

    public List<Tapped> Rpc(string method) => [.. To("/mcp").Where(request => request.Body.Length > 0 && (string?)request.Json["method"] == method)];

    /// <summary>The token requests that renew.</summary>
    public List<Tapped> Refreshes => [.. To("/token").Where(request => request["grant_type"] == "refresh_token")];

    private async Task<bool> HandleAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
        var request = new Tapped(context.Request.Path, await reader.ReadToEndAsync(), context.Request.Headers.Authorization);
        context.Request.Body.Position = 0;
        seen.Enqueue(request);
        return Answer is not null && await Answer(context, request);
    }
}
