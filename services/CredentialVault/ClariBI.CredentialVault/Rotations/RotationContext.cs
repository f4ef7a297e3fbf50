using ClariBI.CredentialVault.Keys;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Rotations;

/// <summary>What a rotation needs of the process, apart from its own scope.</summary>
internal sealed class RotationContext(IKeyEncryptionKeys keys, IOptions<VaultOptions> options, TimeProvider clock) : IDisposable
{
    private readonly WakeUp wakeUp = new();

    public IKeyEncryptionKeys Keys => keys;

    public TimeProvider Clock => clock;

    /// <summary>This process, in claims.</summary>
    public Guid Replica { get; } = Guid.NewGuid();

    public int BatchSize => options.Value.RotationBatch;

    public TimeSpan NewKeyInterval => options.Value.NewKeyInterval;

    /// <summary>A rotation was started here.</summary>
    public void Wake() => wakeUp.Wake();

    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => wakeUp.WaitAsync(longest, cancellationToken);

    public void Dispose() => wakeUp.Dispose();
}
