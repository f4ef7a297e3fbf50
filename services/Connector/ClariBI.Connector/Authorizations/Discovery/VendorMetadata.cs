namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>Where and how a vendor's MCP server is authorized: what counts of RFC 9728 and RFC 8414.</summary>
/// <param name="Resource">The protected resource, verbatim as the vendor writes it; null where there is none (revision 2025-03-26).</param>
/// <param name="Scopes">What the authorization server supports; null when it does not say.</param>
/// <param name="AuthenticationMethods">Of the token endpoint.</param>
/// <param name="SendsIssuer">RFC 9207: whether callbacks carry <c>iss</c>.</param>
/// <param name="ReadsClientMetadata">Whether a client may be the address of its own metadata document.</param>
/// <param name="ResourceScopes">What the protected resource names; null when it does not say.</param>
/// <param name="ChallengedScope">What the server's refusal asked for; null when it did not say.</param>
internal sealed record VendorMetadata(
    string? Resource,
    string Issuer,
    Uri AuthorizationEndpoint,
    Uri TokenEndpoint,
    Uri? RegistrationEndpoint,
    Uri? RevocationEndpoint,
    IReadOnlyList<string>? Scopes,
    IReadOnlyList<string> AuthenticationMethods,
    bool SendsIssuer,
    bool ReadsClientMetadata = false,
    IReadOnlyList<string>? ResourceScopes = null,
    string? ChallengedScope = null);
