namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>The ways in which ClariBI can prove a client to a token endpoint (RFC 6749 section 2.3.1), best first.</summary>
internal static class ClientMethods
{
    public const string None = "none";
    private static readonly string[] WithSecret = ["client_secret_post", "client_secret_basic"];

    public static IReadOnlyList<string> All { get; } = [.. WithSecret, None];

    /// <returns>For a client that is to be registered; null when the server supports none of ours.</returns>
    public static string? Register(IReadOnlyList<string> supported) => All.FirstOrDefault(supported.Contains);

    /// <returns>For a client that exists. RFC 6749 obliges every server that gives secrets out to take them in the header.</returns>
    public static string For(string? secret, IReadOnlyList<string> supported) =>
        string.IsNullOrEmpty(secret) ? None : Array.Find(WithSecret, supported.Contains) ?? "client_secret_basic";
}
