using System.Net.Sockets;
using System.Security.Authentication;
using ClariBI.ServiceDefaults.Outbound;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>Why no answer came, or not the one that was expected: a cause and a fix for each.</summary>
internal static class NetworkCauses
{
    private static readonly string[] Pages = ["text/html", "application/xhtml+xml"];

    public static string Word(Exception exception) => Chain(exception).Select(cause => cause switch
    {
        OutboundRefusedException => "address_refused",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "name_not_found",
        AuthenticationException => "tls_failed",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name_not_found",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls_failed",
        ResponseTooLargeException => "answer_too_large",
        SocketException => "connection_failed",
        OperationCanceledException => "timed_out",
        _ => null,
    }).FirstOrDefault(word => word is not null) ?? "connection_failed";

    /// <returns>Null when the exchange went as it should.</returns>
    public static (string Cause, string Fix)? Of(TracedExchange exchange)
    {
        var host = exchange.Address.Host;
        if (exchange.Exception is { } exception)
        {
            return Word(exception) switch
            {
                "address_refused" => (
                    Chain(exception).OfType<OutboundRefusedException>().First().Message,
                    "Use the vendor's public https address. Whoever runs ClariBI can allow another one (Outbound:AllowedOrigins)."),
                "name_not_found" => (
                    $"The name {host} has no address.", "Check the address for a typing error. If it is right, the name service here or the vendor's is at fault: try again later."),
                "tls_failed" => (
                    $"{host} could not be connected to safely: its certificate is not to be trusted, or it does not speak TLS.",
                    "Check the address. If it is right, the vendor has to renew its certificate, or a proxy on the way breaks TLS."),
                "timed_out" => ($"{host} did not answer in time.", "Try again in a few minutes; the vendor may be overloaded, or a firewall swallows the requests."),
                "answer_too_large" => ($"{host} answered with more than can be meant.", "Check the address: an MCP server answers in a few kilobytes."),
                _ => ($"{host} accepts no connection.", "The vendor is down, or a firewall is in the way: try again in a few minutes."),
            };
        }

        return exchange.Status switch
        {
            429 => ($"{host} limits how often it may be asked.", "Wait a few minutes, then run the doctor again."),
            >= 500 => ($"{host} answered HTTP {exchange.Status} at {exchange.Url}.", "The vendor has a disturbance: try again in a few minutes, and look at its status page."),
            >= 300 and < 400 => ($"{host} sends us on from {exchange.Url} (HTTP {exchange.Status}).", "Use the address it moved to; ClariBI follows no redirect with a credential."),
            _ when exchange.ContentType is { } type && Pages.Contains(type) => (
                $"{host} answered with a web page instead of JSON at {exchange.Url}.",
                "Check the address: it belongs to a web site, or a login page or a proxy stands in front of the server."),
            _ => null,
        };
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
