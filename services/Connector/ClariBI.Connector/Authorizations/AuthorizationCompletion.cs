using System.Security.Cryptography;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Contracts.CredentialVault;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Authorizations;

/// <summary>
/// From the callback to an authorized account: exchange, store, initialize, list tools. A step that fails leaves nothing
/// behind but the reason: what was obtained is revoked and deleted.
/// </summary>
internal sealed partial class AuthorizationCompletion(
    ConnectorStore store, ClientRegistrations registrations, TokenIntake intake, AccountReader accounts, ILogger<AuthorizationCompletion> logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Checks the callback, and takes its state: it works once.</summary>
    /// <returns>Null when the callback belongs to nobody here. Else the authorization, completing or failed.</returns>
    public async Task<Authorization?> TakeAsync(Callback callback, Caller caller, string? browser, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(callback.State))
        {
            return null;
        }

        var stateHash = ConnectorSecrets.Hash(callback.State);
        var authorization = await store.Db.Authorizations.OwnedBy(caller).SingleOrDefaultAsync(
            row => row.StateHash == stateHash && row.Status == AuthorizationStatus.AwaitingConsent, cancellationToken);
        if (authorization is null)
        {
            return null;
        }

        if (!ConnectorSecrets.SameHash(browser, authorization.BrowserHash))
        {
            authorization.Fail(
                AuthorizationStep.State, "The answer came from another browser.",
                "Consent must be given in the browser in which Authorize was pressed, with cookies allowed. Start over.");
        }
        else if (authorization.HasExpired(store.Clock.GetUtcNow()))
        {
            var (step, title, detail) = AuthorizationFailureResponse.Expired;
            authorization.Fail(step, title, detail);
        }
        else if (!IssuerMatches(authorization, callback.Issuer))
        {
            // RFC 9207: whatever else the answer says comes from somebody we did not ask, so it is not shown.
            authorization.Fail(
                AuthorizationStep.State, "The answer came from another server.",
                $"The consent page was {authorization.Issuer}'s, and the answer does not say that it is. Nothing was connected. Start over.");
        }
        else if (callback.Error is not null || string.IsNullOrEmpty(callback.Code))
        {
            authorization.Fail(
                AuthorizationStep.Consent, "Consent was not given.", Explain(callback.Error),
                callback.Error == FailureCodes.InvalidScope ? FailureCodes.InvalidScope : null);
        }
        else
        {
            intake.Verifier = authorization.SealedVerifier;
            authorization.TakeCallback();
        }

        return await SavedAsync() ? authorization : null;
    }

    public Task CompleteAsync(Authorization authorization, string code) => LimitAsync(authorization, async limit =>
    {
        var tokens = await ExchangeAsync(authorization, code, limit);
        await RunAsync(authorization, tokens, limit);
    });

    /// <summary>With tokens that needed nobody's consent. The authorization may be new to the database.</summary>
    public Task EnterAsync(Authorization authorization, GrantTokens tokens) => LimitAsync(authorization, limit => RunAsync(authorization, tokens, limit));

    /// <summary>A server that asks nobody to sign in: the first session is all there is to do.</summary>
    public Task EnterOpenAsync(Authorization authorization) => LimitAsync(authorization, limit => ReadAsync(authorization, limit));

    private async Task LimitAsync(Authorization authorization, Func<CancellationToken, Task> run)
    {
        using var limit = new CancellationTokenSource(Longest, store.Clock);
        using var activity = ConnectorTelemetry.Activities.StartActivity("authorize");
        try
        {
            await run(limit.Token);
        }
        catch (StepFailedException failure)
        {
            LogFailed(authorization.Id, failure.Step, failure.Message);
            activity?.SetTag("claribi.failed_step", failure.Step.ToString());
            await FailAsync(authorization, failure);
        }
        catch (Exception fault)
        {
            // A fault of ours: the person's page must not wait for what will not come.
            LogFault(fault, authorization.Id);
            foreach (var other in store.Db.ChangeTracker.Entries().Where(entry => entry.Entity != authorization).ToList())
            {
                // What could not be saved with the step must not keep its failure from being saved.
                other.State = EntityState.Detached;
            }

            await FailAsync(authorization, new StepFailedException(
                authorization.GrantStored ? AuthorizationStep.Initialize : AuthorizationStep.Exchange, "ClariBI could not finish connecting.",
                "Something went wrong in ClariBI itself, and what was obtained is given back. Start over in a few minutes."));
        }
    }

    private async Task FailAsync(Authorization authorization, StepFailedException failure)
    {
        if (failure.Step != AuthorizationStep.Store)
        {
            await TakeBackAsync(authorization);
        }

        // What the vault did not confirm may still arrive there; the clean-up looks for it later.
        authorization.Fail(failure.Step, failure.Message, failure.Detail, failure.Code, failure.Scope);
        await SavedAsync();
    }

    private async Task RunAsync(Authorization authorization, GrantTokens tokens, CancellationToken cancellationToken)
    {
        if (await StoredAsync(authorization, tokens, cancellationToken) is not { } stored)
        {
            return;
        }

        authorization.Store(stored.IssuedAt, stored.ExpiresAt, tokens.Scope);
        if (!await SavedAsync())
        {
            // Cancelled in the meantime: the row is gone, so nobody else will.
            await TakeBackAsync(authorization);
            return;
        }

        await ReadAsync(authorization, cancellationToken);
    }

    /// <summary>
    /// Until the vault has confirmed that it took the tokens, they are known here alone: whatever fails until then, the vendor
    /// gets them back.
    /// </summary>
    /// <returns>Null when it was cancelled in the meantime.</returns>
    private async Task<GrantStored?> StoredAsync(Authorization authorization, GrantTokens tokens, CancellationToken cancellationToken)
    {
        try
        {
            await registrations.ProveAsync(authorization.RegistrationId, cancellationToken);
            authorization.ExpectGrant();
            if (await SavedAsync())
            {
                return await intake.StoreAsync(authorization, tokens, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is not StepFailedException)
        {
            await intake.GiveBackAsync(authorization, tokens);
            throw;
        }

        await intake.GiveBackAsync(authorization, tokens);
        return null;
    }

    private async Task ReadAsync(Authorization authorization, CancellationToken cancellationToken)
    {
        var reading = await accounts.ReadAsync(authorization, cancellationToken);
        authorization.Complete(reading.Account?.ToJson(), reading.Allowed, reading.Refused);
        if (!await SavedAsync())
        {
            await TakeBackAsync(authorization);
        }
    }

    private async Task<GrantTokens> ExchangeAsync(Authorization authorization, string code, CancellationToken cancellationToken)
    {
        var client = await store.Db.ClientRegistrations.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == authorization.RegistrationId, cancellationToken)
            ?? throw new StepFailedException(AuthorizationStep.Exchange, "ClariBI's registration with the vendor is gone.", "Start over; it registers again.");
        ExchangeAnswer answer;
        try
        {
            answer = await intake.ExchangeAsync(authorization, client, code, cancellationToken);
        }
        catch (CryptographicException)
        {
            throw new StepFailedException(
                AuthorizationStep.Exchange, "The authorization cannot be opened any more.", "The internal key changed since it began. Start over.");
        }

        if (answer is ExchangeAnswer.Refused refused)
        {
            if (refused.ClientIsGone)
            {
                await registrations.ForgetAsync(client.Id, cancellationToken);
            }

            throw new StepFailedException(AuthorizationStep.Exchange, "The vendor gave no access token.", $"{refused.Detail} Start over.",
                refused.Code == FailureCodes.InvalidScope ? FailureCodes.InvalidScope : null);
        }

        return ((ExchangeAnswer.Granted)answer).Tokens;
    }

    private async Task TakeBackAsync(Authorization authorization)
    {
        if (!authorization.GrantStored)
        {
            return;
        }

        if (await intake.RevokeAsync(authorization))
        {
            authorization.ForgetGrant();
        }
        else
        {
            LogLeftBehind(authorization.Id);
        }
    }

    /// <summary>RFC 6749 section 4.1.2.1. Only the codes are known here; what the vendor adds to them is not shown.</summary>
    private static string Explain(string? error) => error switch
    {
        "access_denied" => "Access was declined on the vendor's page. Nothing was connected. Start over to choose again.",
        "invalid_scope" => "The vendor does not have one of the scopes that were asked for. Start over; the next attempt asks for less.",
        "temporarily_unavailable" or "server_error" => "The vendor's sign-in does not work now. Start over in a few minutes.",
        "unauthorized_client" or "invalid_client" => "The vendor does not accept ClariBI's registration. Start over with a new registration.",
        _ => "The vendor ended the authorization without granting access. Start over; if it happens again, ask an administrator of the account.",
    };

    /// <summary>RFC 9207, with no normalisation at all.</summary>
    private static bool IssuerMatches(Authorization authorization, string? issuer) =>
        issuer is null ? !authorization.SendsIssuer : string.Equals(issuer, authorization.Issuer, StringComparison.Ordinal);

    private async Task<bool> SavedAsync()
    {
        try
        {
            await store.Db.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            store.Db.ChangeTracker.Clear();
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Authorization {AuthorizationId} failed at {Step}: {Reason}")]
    private partial void LogFailed(Guid authorizationId, AuthorizationStep step, string reason);

    [LoggerMessage(LogLevel.Error, "Authorization {AuthorizationId} met a fault of ours.")]
    private partial void LogFault(Exception exception, Guid authorizationId);

    [LoggerMessage(LogLevel.Warning, "What authorization {AuthorizationId} obtained could not be revoked yet; the clean-up tries again.")]
    private partial void LogLeftBehind(Guid authorizationId);
}

/// <summary>A step of completing failed. Message and detail are fit for people.</summary>
/// <param name="code">One of <see cref="FailureCodes"/>, where the next attempt can learn from it.</param>
/// <param name="scope">What the vendor asked for.</param>
internal sealed class StepFailedException(AuthorizationStep step, string title, string detail, string? code = null, string? scope = null) : Exception(title)
{
    public string? Code { get; } = code;

    public string? Scope { get; } = scope;

    public AuthorizationStep Step { get; } = step;

    public string Detail { get; } = detail;
}
