using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ClariBI.AnalysisPlanner.Tests.Hosting;

/// <summary>Requests and answers as they are on the wire.</summary>
internal static class Http
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<JsonNode> JsonAsync(this Task<HttpResponseMessage> sending, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }

    public static async Task ShouldBeProblemAsync(this Task<HttpResponseMessage> sending, HttpStatusCode status, string type)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        problem.Text("type").ShouldBe(type);
        problem.Text("traceId").ShouldNotBeEmpty();
    }

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string question, Guid? conversationId = null, Guid? dataSourceId = null) =>
        client.PostAsJsonAsync("/api/analyses", new { question, conversationId, dataSourceId }, Ct);

    public static async Task<Guid> AskedAsync(this HttpClient client, string question, Guid? conversationId = null) =>
        (await client.AskAsync(question, conversationId).JsonAsync(HttpStatusCode.Accepted)).Id();

    public static string Text(this JsonNode? node, string name) => node![name]!.GetValue<string>();

    public static Guid Id(this JsonNode node, string name = "id") => node[name]!.GetValue<Guid>();
}
