using System.Net;
using System.Text.RegularExpressions;
using ClariBI.Connector.DataSources.States;
using ModelContextProtocol;
using ModelContextProtocol.Client;

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
    /// <param name="dropped">Somebody else noticed its end meanwhile.</param>
    public static SessionLoss Of(Exception exception, McpClient client, bool established, bool dropped) => exception switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone } => SessionLoss.Forgotten,
        HttpRequestException { StatusCode: HttpStatusCode.BadRequest } bad when NamesSession().IsMatch(bad.Message) => SessionLoss.Forgotten,

        // A JSON-RPC error, with 200 or inside a 4xx.
        McpException error when NamesSession().IsMatch(error.Message) => SessionLoss.Forgotten,

        // Some servers bind a session to the token it began with. Where the vault has set a pause it is the token.
        ReauthorizationRequiredException { FreshTokenRejected: true } or VendorUnavailableException { Code: StateCodes.AccessRefused, RetryAfter: null }
            when established => SessionLoss.Forgotten,

        // After a 404 the SDK's client is closed for good; whoever else was using it ends so.
        OperationCanceledException or ObjectDisposedException when dropped || client.Completion.IsCompleted => SessionLoss.Broken,
        _ => SessionLoss.None,
    };

    [GeneratedRegex(
        @"\bsession\b.{0,40}\b(not found|not exist|expired|unknown|invalid|terminated|closed|no longer|missing|required|ended|lost|not initialized)\b"
        + @"|\b(no|invalid|unknown|expired|missing|unrecognized|bad|stale)\b.{0,20}\bsession\b|mcp-session-id|server not initialized",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex NamesSession();
}
