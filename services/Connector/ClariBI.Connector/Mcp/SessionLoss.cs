using System.Net;
using System.Text.RegularExpressions;
using ClariBI.Connector.DataSources.States;
using ModelContextProtocol;

namespace ClariBI.Connector.Mcp;

internal enum SessionLoss
{
    None,

    /// <summary>The server does not know the session, and so did nothing: the request may be sent again in a new one.</summary>
    Forgotten,

    /// <summary>The session ended under the request, which may have been carried out.</summary>
    Broken,
}

/// <summary>Tells from an error that a session is gone. Servers say so in many ways besides the 404 of the specification.</summary>
internal static partial class SessionLosses
{
    /// <param name="established">The session had served before, so that its end is a likely cause.</param>
    public static SessionLoss Of(Exception exception, bool established) => exception switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone } => SessionLoss.Forgotten,
        HttpRequestException { StatusCode: HttpStatusCode.BadRequest } bad when NamesSession().IsMatch(bad.Message) => SessionLoss.Forgotten,

        // A JSON-RPC error, with 200 or inside a 4xx.
        McpException error when NamesSession().IsMatch(error.Message) => SessionLoss.Forgotten,

        // Some servers bind a session to the token it began with. Where the vault has set a pause it is the token.
        ReauthorizationRequiredException { FreshTokenRejected: true } or VendorUnavailableException { Code: StateCodes.AccessRefused, RetryAfter: null }
            when established => SessionLoss.Forgotten,

        // After a 404 the SDK's client is closed for good; whoever else was using it ends so, often before the client says that it
        // is closed. Whoever asks has looked first that nobody here cancelled.
        OperationCanceledException or ObjectDisposedException => SessionLoss.Broken,
        _ => SessionLoss.None,
    };

    /// <summary>Whether an answer's words are about the session, whatever else went wrong.</summary>
    public static bool IsNamedIn(Exception exception) => NamesSession().IsMatch(exception.Message);

    [GeneratedRegex(
        @"\bsession\b.{0,40}\b(not found|not exist|expired|unknown|invalid|terminated|closed|no longer|missing|required|ended|lost|not initialized)\b"
        + @"|\b(no|invalid|unknown|expired|missing|unrecognized|bad|stale)\b.{0,20}\bsession\b|mcp-session-id|server not initialized",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex NamesSession();
}
