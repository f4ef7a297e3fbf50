using ClariBI.Gateway.Workspaces;

namespace ClariBI.Gateway.Sessions;

/// <param name="RegistrationOpen">Whether a visitor may create an account: true until the first one exists, or as configured.</param>
/// <param name="Workspace">The workspace in use.</param>
/// <param name="Workspaces">All that the person belongs to.</param>
/// <param name="RunsInstallation">Whether the person administers what all workspaces share, for example the encryption keys.</param>
internal sealed record SessionResponse(
    bool SignedIn, bool RegistrationOpen, UserResponse? User, WorkspaceResponse? Workspace, IReadOnlyList<WorkspaceResponse> Workspaces,
    bool RunsInstallation);

internal sealed record UserResponse(Guid Id, string Email, string DisplayName);

internal sealed record WorkspaceResponse(Guid Id, string Name, WorkspaceRole Role);
