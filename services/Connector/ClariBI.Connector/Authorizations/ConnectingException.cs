namespace ClariBI.Connector.Authorizations;

/// <summary>Why an account cannot be connected now. Title and detail are fit for people.</summary>
/// <param name="type">The slug of the problem.</param>
/// <param name="step">Discover or register.</param>
internal sealed class ConnectingException(string type, AuthorizationStep step, string title, string detail) : Exception(title)
{
    public string Type { get; } = type;

    public AuthorizationStep Step { get; } = step;

    public string Title { get; } = title;

    public string Detail { get; } = detail;

    public static ConnectingException Unreachable(Uri server, AuthorizationStep step, string reason) => new(
        "vendor-unreachable", step, $"{server.Host} cannot be reached.", $"{reason} Try again in a few minutes.");

    public static ConnectingException Discovery(Uri server, string reason) => new(
        "vendor-discovery-failed", AuthorizationStep.Discover, $"{server.Host} does not say how to sign in.", reason);

    public static ConnectingException Registration(Uri server, string reason) => new(
        "vendor-registration-failed", AuthorizationStep.Register, $"{server.Host} did not register ClariBI.", reason);
}
