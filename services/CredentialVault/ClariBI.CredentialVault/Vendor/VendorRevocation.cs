using System.Net;
using ClariBI.CredentialVault.Secrets;
using ClariBI.ServiceDefaults.Outbound;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Vendor;

/// <summary>Revocation at the vendor (RFC 7009): the refresh token first, since most vendors end the access token with it.</summary>
internal sealed class VendorRevocation(VendorHttp http, IOptions<VaultOptions> options)
{
    /// <summary>Each token on its own, so that one refusal hides nothing.</summary>
    public async Task<RevocationAnswer> RevokeAsync(HeldTokens tokens, string? vendorName, CancellationToken cancellationToken)
    {
        var vendor = string.IsNullOrWhiteSpace(vendorName) ? tokens.Host : vendorName;
        if (tokens.RevocationEndpoint is null)
        {
            return new RevocationAnswer(
                RevocationState.NotPossible,
                $"{vendor} offers no way to revoke a token, so the access it gave ends by itself. It can be withdrawn in the vendor's own settings.");
        }

        var results = new List<(RevocationState State, string Cause)>();
        if (tokens.RefreshToken is { } refresh)
        {
            results.Add(await RevokeAsync(tokens, refresh, "refresh_token", cancellationToken));
        }

        results.Add(await RevokeAsync(tokens, tokens.AccessToken, "access_token", cancellationToken));
        if (results.Find(result => result.State == RevocationState.TryLater) is { Cause: not null } later)
        {
            return new RevocationAnswer(
                RevocationState.TryLater, $"{vendor} did not confirm the revocation yet ({later.Cause}); ClariBI keeps asking.");
        }

        return results.Find(result => result.State == RevocationState.NotPossible) is { Cause: not null } refused
            ? new RevocationAnswer(
                RevocationState.NotPossible,
                $"{vendor} did not confirm the revocation ({refused.Cause}). Withdraw the access in the vendor's own settings to be sure.")
            : new RevocationAnswer(RevocationState.Confirmed, $"{vendor} confirmed that the access is revoked.");
    }

    private async Task<(RevocationState State, string Cause)> RevokeAsync(
        HeldTokens tokens, SecretText token, string hint, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.VendorTimeout);
        try
        {
            using var form = VendorHttp.AddClient(new FormBody().Add("token", token).Add("token_type_hint", hint), tokens);
            using var response = await http.PostAsync(tokens.RevocationEndpoint!, form, tokens, limit.Token);
            return (StateOf(response.StatusCode), $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (RevocationState.TryLater, "no answer in time");
        }
        catch (OutboundRefusedException)
        {
            return (RevocationState.NotPossible, "its address may not be reached");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (RevocationState.TryLater, "it cannot be reached");
        }
    }

    private static RevocationState StateOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => RevocationState.Confirmed,
        408 or 425 or 429 or >= 500 => RevocationState.TryLater,
        _ => RevocationState.NotPossible,
    };
}
