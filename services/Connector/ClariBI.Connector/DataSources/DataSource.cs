using System.Globalization;
using ClariBI.Connector.Authorizations;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;

namespace ClariBI.Connector.DataSources;

/// <summary>One connected account of a vendor. It knows its grant by id only; the tokens are the vault's.</summary>
internal sealed class DataSource
{
    public Guid Id { get; private init; }

    public Guid WorkspaceId { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary><see cref="DataSourceNames.Key"/>: unique in the workspace; null in rows from before names had to be.</summary>
    public string? NameKey { get; private set; }

    public string Vendor { get; private init; } = "";

    public string Region { get; private set; } = "";

    public string ServerUrl { get; private set; } = "";

    public DataSourceState State { get; private set; }

    /// <summary>A sentence for people; null while connected.</summary>
    public string? StateReason { get; private set; }

    /// <summary>One of <see cref="StateCodes"/>; null while connected.</summary>
    public string? StateCode { get; private set; }

    /// <summary>What to do about the state, a sentence.</summary>
    public string? Fix { get; private set; }

    /// <summary>When ClariBI looks at a degraded source again by itself.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    /// <summary>Whether the vendor answered when it was last asked, whatever it answered; null until it was.</summary>
    public bool? ReachableOk { get; private set; }

    public DateTimeOffset? ReachableAt { get; private set; }

    /// <summary>When the next background check is due, and at the same time its lease: whoever moves it forward does the check.</summary>
    public DateTimeOffset? CheckDueAt { get; private set; }

    /// <summary>Background checks in a row that found it degraded.</summary>
    public int FailedChecks { get; private set; }

    public string? Organization { get; private set; }

    public string? ProjectId { get; private set; }

    public string? ProjectName { get; private set; }

    public string? ProjectTimeZone { get; private set; }

    public string CreatedBy { get; private init; } = "";

    /// <summary>Null in rows from before it was kept.</summary>
    public Guid? CreatedById { get; private init; }

    /// <summary>Whose consent it works with by now; null in rows from before it was kept.</summary>
    public Guid? ConnectedById { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? DisconnectedAt { get; private set; }

    public string? DisconnectNote { get; private set; }

    public Guid GrantId { get; private set; }

    /// <summary>Counts the grants and the changes of project, from 1: each starts new sessions and caches, here and in other services.</summary>
    public int GrantGeneration { get; private set; }

    public DateTimeOffset? GrantIssuedAt { get; private set; }

    public DateTimeOffset? GrantRefreshedAt { get; private set; }

    public DateTimeOffset? GrantExpiresAt { get; private set; }

    public string Scopes { get; private set; } = "";

    /// <summary>What a call needed and was not granted (RFC 6750 section 3.1); the next consent asks for it as well.</summary>
    public string? ChallengedScope { get; private set; }

    /// <summary>Connected by a service account's own credentials instead of a person's consent.</summary>
    public bool ServiceAccount { get; private set; }

    /// <summary>The client that the grant was issued to; null for service accounts and open servers.</summary>
    public Guid? RegistrationId { get; private set; }

    /// <summary>The server asks nobody to sign in: there is no credential.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The vendor's id of the organization, by which coming back as another one is noticed; null where it tells none.</summary>
    public string? OrganizationId { get; private set; }

    public int ToolsAllowed { get; private set; }

    public int ToolsRefused { get; private set; }

    /// <summary>Tools that wait for an owner's approval.</summary>
    public int ToolsPending { get; private set; }

    /// <summary>Counts the changes of its pins and switches, over all replicas; 0: nothing is pinned yet.</summary>
    public int ToolsVersion { get; private set; }

    /// <summary>Whether an owner has turned on tools that return data on single persons.</summary>
    public bool PersonalTools { get; private set; }

    /// <summary>Whether an owner has turned on tools that return what people wrote or said.</summary>
    public bool FreeTextTools { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public bool IsSandbox => VendorCatalogue.IsSandbox(Region);

    public IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public SessionKey SessionKey => new(WorkspaceId, Id, GrantId, GrantGeneration, Vendor, IsOpen);

    public static DataSource Create(Authorization authorization, string name, VendorProject? project, DateTimeOffset now)
    {
        var source = new DataSource
        {
            Id = Guid.CreateVersion7(),
            WorkspaceId = authorization.WorkspaceId,
            Vendor = authorization.Vendor,
            CreatedBy = authorization.UserName,
            CreatedById = authorization.UserId,
            CreatedAt = now,
        };
        source.Connect(authorization, name, project, now);
        return source;
    }

    /// <summary>Takes over the grant of an authorization, at first or again.</summary>
    public void Connect(Authorization authorization, string name, VendorProject? project, DateTimeOffset now)
    {
        (Name, NameKey) = (name, DataSourceNames.Key(name));
        (Region, ServerUrl) = (authorization.Region, authorization.ServerUrl);
        (State, StateCode, StateReason, Fix, RetryAt) = (DataSourceState.Connected, null, null, null, null);
        (DisconnectedAt, DisconnectNote, FailedChecks, CheckDueAt) = (null, null, 0, null);

        // The authorization has just opened a session and listed the tools.
        (ReachableOk, ReachableAt) = (true, now);
        Organization = VendorAccount.FromJson(authorization.AccountJson)?.Organization;
        (ProjectId, ProjectName, ProjectTimeZone) = (project?.Id, project?.Name, project?.TimeZone);
        (GrantId, ConnectedById) = (authorization.GrantId, authorization.UserId);
        GrantGeneration++;
        (GrantIssuedAt, GrantRefreshedAt, GrantExpiresAt) = (authorization.GrantIssuedAt, null, authorization.GrantExpiresAt);
        Scopes = authorization.GrantedScope ?? authorization.Scope;
        ChallengedScope = null;
        ServiceAccount = authorization.ServiceAccount;
        RegistrationId = authorization.RegistrationId == Guid.Empty ? null : authorization.RegistrationId;
        IsOpen = authorization.IsOpen;
        OrganizationId = VendorAccount.FromJson(authorization.AccountJson)?.OrganizationId;
        (ToolsAllowed, ToolsRefused) = (authorization.ToolsAllowed, authorization.ToolsRefused);
        Version++;
    }

    /// <summary>Ending it takes access, call log and timeline from everybody; but whoever gave it their access may take that back.</summary>
    public bool MayBeEndedBy(Caller caller) => caller.IsOwner || CreatedById == caller.UserId || ConnectedById == caller.UserId;

    public void NeedScope(string scope)
    {
        ChallengedScope = scope;
        Version++;
    }

    /// <returns>False when nothing changed.</returns>
    public bool Become(ConnectionState next)
    {
        if (State == DataSourceState.Disconnected || (State == next.State && StateCode == next.Code && StateReason == next.Reason))
        {
            return false;
        }

        (State, StateCode, StateReason, Fix, RetryAt) = (next.State, next.Code, next.Reason, next.Fix, next.RetryAt);
        if (next.State == DataSourceState.Degraded)
        {
            CheckDueAt = next.RetryAt;
        }
        else
        {
            FailedChecks = 0;
        }

        Version++;
        return true;
    }

    public void Rename(string name)
    {
        (Name, NameKey) = (name, DataSourceNames.Key(name));
        Version++;
    }

    /// <summary>Another project has other names and numbers: whatever was remembered of the one before ends.</summary>
    public void ChooseProject(VendorProject project)
    {
        (ProjectId, ProjectName, ProjectTimeZone) = (project.Id, project.Name, project.TimeZone);
        GrantGeneration++;
        Version++;
    }

    public void Disconnect(string note, string by, DateTimeOffset now)
    {
        var reason = string.Create(CultureInfo.InvariantCulture, $"{by} disconnected it on {now.UtcDateTime:d MMMM yyyy, HH:mm} UTC.");
        (State, StateCode, StateReason, RetryAt) = (DataSourceState.Disconnected, StateCodes.DisconnectedByPerson, reason, null);
        Fix = StateCodes.Fix(StateCode, Vendor);
        (DisconnectedAt, DisconnectNote, CheckDueAt) = (now, note, null);
        Version++;
    }

    /// <summary>What came of a revocation that was open when it was disconnected.</summary>
    public void SettleRevocation(string note)
    {
        DisconnectNote = note;
        Version++;
    }

    /// <returns>False when nothing changed.</returns>
    public bool Observe(DateTimeOffset? refreshedAt, DateTimeOffset? expiresAt)
    {
        if (GrantRefreshedAt == refreshedAt && GrantExpiresAt == expiresAt)
        {
            return false;
        }

        (GrantRefreshedAt, GrantExpiresAt) = (refreshedAt, expiresAt);
        Version++;
        return true;
    }

    public bool Count(int allowed, int refused)
    {
        if (ToolsAllowed == allowed && ToolsRefused == refused)
        {
            return false;
        }

        (ToolsAllowed, ToolsRefused) = (allowed, refused);
        Version++;
        return true;
    }

    public DataSourceInfo ToInfo(Vendor? vendor) => new(
        Id, WorkspaceId, Name, Vendor, vendor?.Name ?? Vendor, Region, VendorCatalogue.RegionName(vendor, Region), IsSandbox,
        State, StateReason, Organization, ProjectId, ProjectName, ProjectTimeZone, GrantGeneration);
}
