namespace ClariBI.Connector.Authorizations;

/// <summary>Why an account cannot be connected now. Title and detail are fit for people.</summary>
/// <param name="type">The slug of the problem.</param>
/// <param name="step"><c>discover</c> or <c>register</c>.</param>
internal sealed class ConnectingException(string type, string step, string title, string detail) : Exception(title)
{
    public string Type { get; } = type;

    public string Step { get; } = step;

    public string Title { get; } = title;

    public string Detail { get; } = detail;

    public static ConnectingException Unreachable(Uri server, string step, string reason) => new(
        "vendor-unreachable", step, $"{server.Host} cannot be reached.", $"{reason} Try again in a few minutes.");

    public static ConnectingException Discovery(Uri server, string reason) => new(
        "vendor-discovery-failed", "discover", $"{server.Host} does not say how to sign in.", reason);

    public static ConnectingException Registration(Uri server, string reason) => new(
        "vendor-registration-failed", "register", $"{server.Host} did not register ClariBI.", reason);
}
