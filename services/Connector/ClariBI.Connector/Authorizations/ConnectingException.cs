using ClariBI.ServiceDefaults.Outbound;

namespace ClariBI.Connector.Authorizations;

/// <summary>Why an account cannot be connected now. Title and detail are fit for people.</summary>
/// <param name="type">The slug of the problem.</param>
/// <param name="step">Discover or register.</param>
internal sealed class ConnectingException(string type, AuthorizationStep step, string title, string detail) : Exception(title)
{
    /// <summary>Whether what was sent is wrong, and not the vendor out of order.</summary>
    public bool IsOurs { get; private init; }

    /// <summary>What the person may agree to, to be sent back as <c>confirm</c>; null: nothing.</summary>
    public string? Confirm { get; private init; }

    public string Type { get; } = type;

    public AuthorizationStep Step { get; } = step;

    public string Title { get; } = title;

    public string Detail { get; } = detail;

    public static ConnectingException Unreachable(Uri server, AuthorizationStep step, string reason) => new(
        "vendor-unreachable", step, $"{server.Host} cannot be reached.", $"{reason} Try again in a few minutes.");

    public static ConnectingException ForeignIssuer(Uri server, string vendor) => new(
        "issuer-of-another-vendor", AuthorizationStep.Discover, $"{server.Host} asks for access to {vendor}.",
        $"The sign-in server that it names is {vendor}'s. What {vendor} grants would be sent to {server.Host}, which could use it there. Connect {vendor} from the list of vendors instead.")
    {
        IsOurs = true,
    };

    /// <param name="hosts">Separated by blanks, as they are to be confirmed.</param>
    /// <param name="secretTo">The host that a secret which the person typed goes to; null: there is none.</param>
    /// <param name="serviceAccount">Nobody signs in.</param>
    public static ConnectingException SignInElsewhere(Uri server, string hosts, string? secretTo, bool serviceAccount)
    {
        var places = hosts.Split(' ');
        var there = string.Join(" and ", places);
        var title = serviceAccount ? $"{server.Authority} has service accounts sign in at {there}." : $"{server.Authority} lets people sign in at {there}.";
        var detail = (places.Contains(secretTo), serviceAccount) switch
        {
            (true, _) => SecretGoes(server, secretTo!, [.. places.Where(place => place != secretTo)]),
            (false, true) => $"The access that {there} gives would be sent to {server.Authority}, which could use it wherever it is valid. {OnlyIf("both")}",
            (false, false) => $"You would sign in at {there}, and the access it gives would be sent to {server.Authority}, which could use it wherever it is valid. {OnlyIf("both")}",
        };
        return new("sign-in-elsewhere", AuthorizationStep.Discover, title, detail) { Confirm = hosts };
    }

    private static string SecretGoes(Uri server, string secretTo, string[] others)
    {
        var goes = $"The client secret would be sent to {secretTo}, and the access it gives to {server.Authority}.";
        return others.Length == 0
            ? $"{goes} {OnlyIf("both")}"
            : $"{goes} {string.Join(" and ", others)} {(others.Length == 1 ? "belongs" : "belong")} to the sign-in as well. {OnlyIf("all of them")}";
    }

    private static string OnlyIf(string which) => $"Go on only if {which} belong to the account that you want to connect.";

    public static ConnectingException Unusable(Uri server, string reason) => new(
        "vendor-discovery-failed", AuthorizationStep.Discover, $"{server.Host} cannot be used.", reason);

    public static ConnectingException Refused(Uri server, OutboundRefusedException refused) => new(
        "address-not-allowed", AuthorizationStep.Discover, $"{server.Host} may not be reached from here.",
        $"{refused.Message} Give a public https address; where the server is inside your network, the operator of ClariBI can allow it (Outbound__AllowedOrigins).")
    {
        IsOurs = true,
    };

    public static ConnectingException Discovery(Uri server, string reason) => new(
        "vendor-discovery-failed", AuthorizationStep.Discover, $"{server.Host} does not say how to sign in.", reason);

    public static ConnectingException ServiceAccountRefused(Uri server, ExchangeAnswer.Refused refused) => new(
        refused.ClientIsGone ? "service-account-refused" : "vendor-token-failed", AuthorizationStep.Exchange, $"{server.Host} gave no access token.",
        refused.ClientIsGone ? "It does not know this service account or its secret. Check both in the vendor's settings." : $"{refused.Detail} Try again, or ask an administrator there.")
    {
        IsOurs = refused.Code is not null,
    };

    public static ConnectingException ClientNeeded(Uri server, string redirectUri) => new(
        "client-needed", AuthorizationStep.Register, $"{server.Host} does not register clients by itself.",
        $"Register ClariBI there by hand with the redirect address {redirectUri}, and give its client id and secret here.");

    public static ConnectingException ScopeDenied(Uri server, string scope) => new(
        "scope-denied", AuthorizationStep.Consent, $"{server.Host} keeps asking for more than it grants.",
        $"It asks for {scope}, consent to it was given twice, and it refuses all the same. An administrator there has to allow it; then try again in an hour.");

    public static ConnectingException Registration(Uri server, string reason) => new(
        "vendor-registration-failed", AuthorizationStep.Register, $"{server.Host} did not register ClariBI.", reason);
}
