namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>Where and how a vendor's MCP server is authorized: what counts of RFC 9728 and RFC 8414.</summary>
/// <param name="Resource">The protected resource, verbatim as the vendor writes it.</param>
/// <param name="Scopes">What the authorization server supports; null when it does not say.</param>
/// <param name="AuthenticationMethods">Of the token endpoint.</param>
/// <param name="SendsIssuer">RFC 9207: whether callbacks carry <c>iss</c>.</param>
internal sealed record VendorMetadata(
    string Resource,
    string Issuer,
    Uri AuthorizationEndpoint,
    Uri TokenEndpoint,
    Uri? RegistrationEndpoint,
    Uri? RevocationEndpoint,
    IReadOnlyList<string>? Scopes,
    IReadOnlyList<string> AuthenticationMethods,
    bool SendsIssuer);
