using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Charts.Tests;

/// <summary>Requests and answers as they are on the wire.</summary>
internal static class Http
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<JsonObject> JsonAsync(this Task<HttpResponseMessage> sending, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public static async Task ShouldBeProblemAsync(this Task<HttpResponseMessage> sending, HttpStatusCode status, string type)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        problem["type"]!.GetValue<string>().ShouldBe(type);
        problem["traceId"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body) => client.PostAsJsonAsync(path, body, Ct);

    public static Task<HttpResponseMessage> Patch(this HttpClient client, string path, object body) => client.PatchAsJsonAsync(path, body, Ct);

    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, object body) => client.PutAsJsonAsync(path, body, Ct);

    public static Task<HttpResponseMessage> Get(this HttpClient client, string path) => client.GetAsync(path, Ct);

    public static Task<HttpResponseMessage> Delete(this HttpClient client, string path) => client.DeleteAsync(path, Ct);

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path) => client.PostAsync(path, content: null, Ct);

    public static string Text(this JsonNode? node, string name) => node![name]!.GetValue<string>();

    public static Guid Id(this JsonNode node) => node["id"]!.GetValue<Guid>();
}
