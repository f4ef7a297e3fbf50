using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ClariBI.CredentialVault.Grants;

/// <summary>One at a time per grant within this process; the claim in the row does the same across processes.</summary>
internal sealed class RefreshGates
{
    private readonly ConcurrentDictionary<Guid, Gate> gates = new();

    public Gate For(Guid grantId) => gates.GetOrAdd(grantId, _ => new Gate());

    public void Forget(Guid grantId) => gates.TryRemove(grantId, out _);

    [SuppressMessage("Reliability", "CA1001", Justification = "The semaphore never makes a wait handle; one that waits may outlive the gate.")]
    internal sealed class Gate
    {
        private readonly SemaphoreSlim semaphore = new(1, 1);

        public Task EnterAsync(CancellationToken cancellationToken) => semaphore.WaitAsync(cancellationToken);

        public bool TryEnter() => semaphore.Wait(0);

        public void Leave() => semaphore.Release();
    }
}
