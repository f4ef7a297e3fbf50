namespace ClariBI.Contracts;

/// <summary>
/// Shows that a request on the bus comes from a ClariBI service: HMAC-SHA256 with the internal key over the service name,
/// the time and the fields the request names. A client that only reached the broker cannot make one.
/// </summary>
/// <param name="Service">The asking service, for example <c>connector</c>.</param>
/// <param name="IssuedAt">UTC; a proof is accepted for two minutes.</param>
/// <param name="Signature">base64url.</param>
public sealed record ServiceProof(string Service, DateTimeOffset IssuedAt, string Signature);
