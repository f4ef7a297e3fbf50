using System.Diagnostics;
using System.Net;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Secrets;
using ClariBI.ServiceDefaults.OAuth;
using ClariBI.ServiceDefaults.Outbound;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace ClariBI.CredentialVault.Vendor;

/// <summary>
/// New tokens from the vendor: by refresh token (RFC 6749 section 6) or by the client's own credentials (section 4.4). Requests
/// and answers are bytes that are cleared, which is why no OAuth library stands in between.
/// </summary>
internal sealed class VendorTokenEndpoint(VendorHttp http, VendorBreakers breakers, IOptions<VaultOptions> options, TimeProvider clock)
{
    public async Task<RefreshAnswer> RefreshAsync(HeldTokens tokens, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var activity = VaultTelemetry.Activities.StartActivity("refresh", ActivityKind.Client);
        RefreshAnswer answer;
        try
        {
            answer = await breakers.AskAsync(tokens.TokenEndpoint, token => AskAsync(tokens, token), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            answer = new RefreshAnswer.Failed($"{tokens.Host} has not answered for a while. ClariBI asks again soon.", VendorBreakers.Break);
        }

        activity?.SetTag("claribi.outcome", answer.GetType().Name);
        VaultTelemetry.Refreshes.Record(
            clock.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("outcome", answer.GetType().Name));
        return answer;
    }

    private async Task<RefreshAnswer> AskAsync(HeldTokens tokens, CancellationToken cancellationToken)
    {
        var first = await SendAsync(tokens, tokens.Resource, cancellationToken);

        // Some servers take `resource` at the login and refuse the same value at the refresh: once more without it.
        return tokens.Resource is not null && first is { Answer: RefreshAnswer.Failed, Status: HttpStatusCode.BadRequest }
            ? (await SendAsync(tokens, null, cancellationToken)).Answer
            : first.Answer;
    }

    private async Task<(RefreshAnswer Answer, HttpStatusCode? Status)> SendAsync(HeldTokens tokens, string? resource, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.VendorTimeout);
        try
        {
            using var form = Form(tokens, resource);
            using var response = await http.PostAsync(tokens.TokenEndpoint, form, tokens, limit.Token);
            using var answer = await TokenAnswer.ReadAsync(response, clock, limit.Token);
            return (Read(answer, tokens), answer.Status);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new RefreshAnswer.Failed(
                $"{tokens.Host} did not answer within {options.Value.VendorTimeout.TotalSeconds:0} seconds.", Doubtful: true, Outage: true), null);
        }
        catch (OutboundRefusedException refused)
        {
            return (new RefreshAnswer.Failed($"The vendor's address was refused: {refused.Message}"), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (new RefreshAnswer.Failed($"{tokens.Host} cannot be reached.", Doubtful: MayHaveArrived(exception), Outage: true), null);
        }
    }

    private static FormBody Form(HeldTokens tokens, string? resource)
    {
        var form = tokens.IsServiceAccount
            ? new FormBody().Add("grant_type", "client_credentials").Add("scope", string.IsNullOrEmpty(tokens.Scope) ? null : tokens.Scope)
            : new FormBody().Add("grant_type", "refresh_token").Add("refresh_token", tokens.RefreshToken);
        return VendorHttp.AddClient(form.Add("resource", resource), tokens);
    }

    private RefreshAnswer Read(TokenAnswer answer, HeldTokens old)
    {
        if ((int)answer.Status is >= 200 and < 300 && answer.AccessToken is not null)
        {
            var (access, refresh) = answer.Take();
            return new RefreshAnswer.Renewed(old.Renewed(access, refresh, clock.GetUtcNow() + answer.Life, answer.Scope));
        }

        // Literal codes only, read from bytes that are cleared; which answers may hold one is the rule of all services.
        var outage = (int)answer.Status >= 500 || answer.Status == HttpStatusCode.RequestTimeout;
        return (TokenEndpointAnswers.MayNameAnError(answer.Status) ? answer.Error : null) switch
        {
            "invalid_grant" when old.IsServiceAccount => new RefreshAnswer.Ended(EndCause.ServiceAccountRefused, old.Host),
            "invalid_grant" => new RefreshAnswer.Ended(EndCause.InvalidGrant, old.Host),
            "invalid_client" when old.IsServiceAccount => new RefreshAnswer.Ended(EndCause.ServiceAccountRefused, old.Host),
            "invalid_client" => new RefreshAnswer.Ended(EndCause.InvalidClient, old.Host, new GoneClient(old.Issuer, old.ClientId)),
            _ => new RefreshAnswer.Failed(
                $"{old.Host} could not renew the access ({Describe(answer)}).", answer.RetryAfter,
                Doubtful: outage || (int)answer.Status < 300, Outage: outage),
        };
    }

    private static string Describe(TokenAnswer answer) => (int)answer.Status >= 300
        ? $"HTTP {(int)answer.Status}"
        : "an answer that does not follow OAuth";

    /// <summary>Whether the request may have reached the vendor, which may then have spent the refresh token.</summary>
    private static bool MayHaveArrived(Exception exception) => exception is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    };
}
