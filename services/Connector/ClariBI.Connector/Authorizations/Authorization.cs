using System.Text.Json.Serialization;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Contracts;

namespace ClariBI.Connector.Authorizations;

[JsonConverter(typeof(SnakeCaseEnumConverter<AuthorizationStatus>))]
internal enum AuthorizationStatus
{
    AwaitingConsent,
    Completing,
    Authorized,
    Failed,
    Finished,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<AuthorizationStep>))]
internal enum AuthorizationStep
{
    /// <summary>Before there is an authorization: sent with the problem that starting one ends in, like the next.</summary>
    Discover,
    Register,
    Consent,
    State,
    Exchange,
    Store,
    Initialize,
    ListTools,
    Expired,
}

/// <summary>
/// One attempt to connect an account. It is bound to the person, the workspace and the browser that began it. The status is a
/// concurrency token: of two callbacks, or two requests to finish, one wins.
/// </summary>
internal sealed class Authorization
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public Guid Id { get; private init; }

    public Guid WorkspaceId { get; private init; }

    public Guid UserId { get; private init; }

    public string UserName { get; private init; } = "";

    public string Vendor { get; private init; } = "";

    public string Region { get; private init; } = "";

    public string ServerUrl { get; private init; } = "";

    /// <summary>The data source that is connected again; null for a new one.</summary>
    public Guid? DataSourceId { get; private init; }

    /// <summary>A service account's credentials stand in for consent.</summary>
    public bool ServiceAccount { get; private init; }

    /// <summary>The server asks nobody to sign in: there is no consent and no grant.</summary>
    public bool IsOpen { get; private init; }

    public AuthorizationStatus Status { get; private set; }

    public string StateHash { get; private init; } = "";

    public string BrowserHash { get; private init; } = "";

    /// <summary>The PKCE verifier, sealed; null once it was used.</summary>
    public string? SealedVerifier { get; private set; }

    /// <summary>The consent page with the state in it, sealed; null once the callback came.</summary>
    public string? SealedAuthorizeUrl { get; private set; }

    public string Issuer { get; private init; } = "";

    /// <summary>RFC 9207: whether the vendor promises <c>iss</c> in its callback.</summary>
    public bool SendsIssuer { get; private init; }

    public string TokenEndpoint { get; private init; } = "";

    public string? RevocationEndpoint { get; private init; }

    /// <summary>RFC 8707, verbatim; empty where none is sent.</summary>
    public string Resource { get; private init; } = "";

    /// <summary>What was asked for; empty: nothing in particular.</summary>
    public string Scope { get; private init; } = "";

    public string RedirectUri { get; private init; } = "";

    public Guid RegistrationId { get; private init; }

    /// <summary>An earlier attempt with the same client never came back from the consent page.</summary>
    public bool Suspect { get; private init; }

    public Guid GrantId { get; private init; }

    public bool GrantStored { get; private set; }

    public DateTimeOffset? GrantIssuedAt { get; private set; }

    public DateTimeOffset? GrantExpiresAt { get; private set; }

    public string? GrantedScope { get; private set; }

    /// <summary>A <see cref="VendorAccount"/> as JSON.</summary>
    public string? AccountJson { get; private set; }

    public int ToolsAllowed { get; private set; }

    public int ToolsRefused { get; private set; }

    public AuthorizationStep? FailureStep { get; private set; }

    public string? FailureTitle { get; private set; }

    public string? FailureDetail { get; private set; }

    /// <summary>One of <see cref="FailureCodes"/>, where the next attempt can learn from it.</summary>
    public string? FailureCode { get; private set; }

    /// <summary>What the vendor asked for when it refused the first session.</summary>
    public string? ChallengedScope { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public static Authorization Start(AuthorizationStart start, ConnectingTarget target, VendorMetadata metadata, ClientFound found, DateTimeOffset now) => new()
    {
        Id = start.Id,
        WorkspaceId = target.Caller.WorkspaceId,
        UserId = target.Caller.UserId,
        UserName = target.Caller.Name,
        Vendor = target.Vendor.Id,
        Region = target.Region,
        ServerUrl = target.Server.AbsoluteUri,
        DataSourceId = target.DataSourceId,
        Status = AuthorizationStatus.AwaitingConsent,
        StateHash = start.StateHash,
        BrowserHash = start.BrowserHash,
        SealedVerifier = start.SealedVerifier,
        SealedAuthorizeUrl = start.SealedAuthorizeUrl,
        Issuer = metadata.Issuer,
        SendsIssuer = metadata.SendsIssuer,
        TokenEndpoint = metadata.TokenEndpoint.OriginalString,
        RevocationEndpoint = metadata.RevocationEndpoint?.OriginalString,
        Resource = metadata.Resource ?? "",
        Scope = start.Scope,
        RedirectUri = found.Client.RedirectUri,
        RegistrationId = found.Client.Id,
        Suspect = found.Suspect,
        GrantId = Guid.CreateVersion7(),
        CreatedAt = now,
        ExpiresAt = now + Lifetime,
    };

    /// <summary>Without a person's consent: with a service account's own credentials, or with none at an open server.</summary>
    /// <param name="metadata">Null for an open server.</param>
    public static Authorization Enter(ConnectingTarget target, VendorMetadata? metadata, string scope, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        WorkspaceId = target.Caller.WorkspaceId,
        UserId = target.Caller.UserId,
        UserName = target.Caller.Name,
        Vendor = target.Vendor.Id,
        Region = target.Region,
        ServerUrl = target.Server.AbsoluteUri,
        DataSourceId = target.DataSourceId,
        ServiceAccount = metadata is not null,
        IsOpen = metadata is null,
        Status = AuthorizationStatus.Completing,

        // Of nothing: no callback belongs to it.
        StateHash = ConnectorSecrets.Hash(ConnectorSecrets.Random()),
        Issuer = metadata?.Issuer ?? "",
        TokenEndpoint = metadata?.TokenEndpoint.OriginalString ?? "",
        RevocationEndpoint = metadata?.RevocationEndpoint?.OriginalString,
        Resource = metadata?.Resource ?? "",
        Scope = scope,
        GrantId = Guid.CreateVersion7(),
        CreatedAt = now,
        ExpiresAt = now + Lifetime,
    };

    public bool HasExpired(DateTimeOffset now) => Status == AuthorizationStatus.AwaitingConsent && ExpiresAt <= now;

    /// <summary>The callback came: from here on neither state nor verifier works again.</summary>
    public void TakeCallback()
    {
        Status = AuthorizationStatus.Completing;
        (SealedVerifier, SealedAuthorizeUrl) = (null, null);
    }

    /// <summary>Tokens are about to go into the vault: whatever happens from here on, somebody has to look for them there.</summary>
    public void ExpectGrant() => GrantStored = true;

    public void Store(DateTimeOffset issuedAt, DateTimeOffset? expiresAt, string? scope)
    {
        GrantStored = true;
        (GrantIssuedAt, GrantExpiresAt, GrantedScope) = (issuedAt, expiresAt, scope);
    }

    /// <summary>The vault deleted it.</summary>
    public void ForgetGrant() => GrantStored = false;

    public void Complete(string? accountJson, int allowed, int refused)
    {
        Status = AuthorizationStatus.Authorized;
        (AccountJson, ToolsAllowed, ToolsRefused) = (accountJson, allowed, refused);
    }

    /// <param name="code">One of <see cref="FailureCodes"/>.</param>
    public void Fail(AuthorizationStep step, string title, string detail, string? code = null, string? challengedScope = null)
    {
        Status = AuthorizationStatus.Failed;
        (SealedVerifier, SealedAuthorizeUrl) = (null, null);
        (FailureStep, FailureTitle, FailureDetail) = (step, title, detail);
        (FailureCode, ChallengedScope) = (code, challengedScope);
    }

    /// <summary>It became a data source, which owns the grant from now on.</summary>
    public void Finish() => Status = AuthorizationStatus.Finished;
}

/// <summary>What the start of an authorization makes up for itself.</summary>
internal sealed record AuthorizationStart(Guid Id, string StateHash, string BrowserHash, string SealedVerifier, string Scope, string SealedAuthorizeUrl);
