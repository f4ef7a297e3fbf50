using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// Answers what a server asks in the middle of a call. Nobody sits in front of it: it is declined, or, where the catalogue
/// allows, accepted with the values that the question itself proposes. Sampling and roots are never offered.
/// </summary>
internal static class Elicitations
{
    private static readonly ElicitResult Decline = new() { Action = "decline" };

    public static McpClientHandlers Handlers(bool withDefaults) => new()
    {
        ElicitationHandler = (question, _) => ValueTask.FromResult(withDefaults ? Answer(question) : Decline),
    };

    /// <returns>Declined when an answer is required and none is proposed.</returns>
    public static ElicitResult Answer(ElicitRequestParams? question)
    {
        // A page to open needs a person.
        if (question is null || question.Mode is not (null or "form"))
        {
            return Decline;
        }

        var schema = question.RequestedSchema is null ? null : JsonSerializer.SerializeToNode(question.RequestedSchema) as JsonObject;
        var content = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, property) in schema?["properties"] as JsonObject ?? [])
        {
            if (property is JsonObject described && described["default"] is { } value)
            {
                content[name] = JsonSerializer.SerializeToElement(value);
            }
        }

        var required = (schema?["required"] as JsonArray ?? []).Select(name => (string?)name);
        return required.All(name => name is not null && content.ContainsKey(name))
            ? new ElicitResult { Action = "accept", Content = content }
            : Decline;
    }
}
