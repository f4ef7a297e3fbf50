using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations;

/// <summary>
/// The client id metadata document: vendors that support it fetch it from the address that is our client id. It is public and
/// the same for everybody.
/// </summary>
internal static class ClientMetadata
{
    public const string Path = "/oauth/client-metadata.json";

    public static void MapClientMetadata(this IEndpointRouteBuilder connector) =>
        connector.MapGet(Path, Handle).WithName(nameof(ClientMetadata)).WithSummary("Read ClariBI's client id metadata document")
            .AllowAnonymous().ProducesProblem(StatusCodes.Status404NotFound);

    private static Results<Ok<ClientMetadataResponse>, ProblemHttpResult> Handle(HttpContext context, IOptions<ConnectorOptions> options)
    {
        // Without https no vendor may believe it, and its client_id has to be the address it was fetched from.
        if (options.Value.ClientMetadataDocument is not { } address)
        {
            return TypedResults.Problem(
                type: "client-metadata-not-offered", title: "ClariBI has no client id metadata document here.",
                statusCode: StatusCodes.Status404NotFound, detail: "It needs a public https address: set Connector__PublicUrl.");
        }

        context.Response.Headers.CacheControl = "public, max-age=3600";
        var home = options.Value.PublicUrl.TrimEnd('/');
        return TypedResults.Ok(new ClientMetadataResponse(
            address, "ClariBI", home, [options.Value.RedirectUri], ["authorization_code", "refresh_token"], ["code"], "none", "web"));
    }
}

internal sealed record ClientMetadataResponse(
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("client_name")] string ClientName,
    [property: JsonPropertyName("client_uri")] string ClientUri,
    [property: JsonPropertyName("redirect_uris")] IReadOnlyList<string> RedirectUris,
    [property: JsonPropertyName("grant_types")] IReadOnlyList<string> GrantTypes,
    [property: JsonPropertyName("response_types")] IReadOnlyList<string> ResponseTypes,
    [property: JsonPropertyName("token_endpoint_auth_method")] string TokenEndpointAuthMethod,
    [property: JsonPropertyName("application_type")] string ApplicationType);
