namespace ClariBI.CredentialVault;

/// <summary>A loop waits here for its next look, or for somebody who knows that there is something to do.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim woken = new(0, 1);

    public void Wake()
    {
        try
        {
            woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => woken.WaitAsync(longest, cancellationToken);

    public void Dispose() => woken.Dispose();
}
