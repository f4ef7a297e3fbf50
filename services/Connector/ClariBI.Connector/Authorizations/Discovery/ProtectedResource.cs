namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>What a server says of itself (RFC 9728).</summary>
/// <param name="Resource">Verbatim.</param>
/// <param name="Issuers">Its authorization servers, in its own order; at least one.</param>
/// <param name="Scopes">Null when it does not say.</param>
internal sealed record ProtectedResource(string? Resource, IReadOnlyList<string> Issuers, IReadOnlyList<string>? Scopes);
