using System.Net;
using System.Text.Json;
using ClariBI.Connector.Mcp;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>How a server answers somebody who has not signed in.</summary>
internal abstract record ProbeAnswer
{
    /// <param name="Parameters">Of its Bearer challenge; empty when it sent none.</param>
    internal sealed record Refused(IReadOnlyDictionary<string, string> Parameters) : ProbeAnswer;

    /// <summary>It lists its tools to anybody.</summary>
    internal sealed record Served : ProbeAnswer;

    /// <summary>It lists them to anybody, but nobody could use the list.</summary>
    /// <param name="Cause">A sentence, with what to do.</param>
    internal sealed record Unusable(string Cause) : ProbeAnswer;

    /// <summary>Neither: nothing can be read from its answer.</summary>
    internal sealed record Unclear(HttpStatusCode? Status) : ProbeAnswer;
}

/// <summary>
/// Opens a session and lists the tools without a token. Most servers refuse the first request; some refuse only the list, and
/// their challenge counts as much.
/// </summary>
internal sealed class ServerProbe(McpEras eras, IHttpMessageHandlerFactory handlers, IOptions<ConnectorOptions> options)
{
    public async Task<ProbeAnswer> AskAsync(Uri server, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(
            new ChallengeHandler { InnerHandler = handlers.CreateHandler(ConnectorModule.McpHttpClient) }, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        try
        {
            await using var client = await eras.OpenAsync(server, http, options.Value.OAuthTimeout, cancellationToken);
            await VendorTools.ListAsync(client, cancellationToken);
            return new ProbeAnswer.Served();
        }
        catch (VendorUnavailableException unusable)
        {
            return new ProbeAnswer.Unusable(unusable.Message);
        }
        catch (ChallengedException challenged)
        {
            return new ProbeAnswer.Refused(challenged.Parameters);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is { } status)
        {
            return new ProbeAnswer.Unclear(status);
        }
        catch (Exception exception) when (exception is McpException or JsonException)
        {
            return new ProbeAnswer.Unclear(null);
        }
    }

    private sealed class ChallengeHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                return response;
            }

            using (response)
            {
                throw new ChallengedException(BearerChallenge.Of(response));
            }
        }
    }

    private sealed class ChallengedException(IReadOnlyDictionary<string, string>? parameters) : Exception("The server asks to sign in.")
    {
        public IReadOnlyDictionary<string, string> Parameters { get; } = parameters ?? new Dictionary<string, string>();
    }
}
