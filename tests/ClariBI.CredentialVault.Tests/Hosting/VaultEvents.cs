using System.Collections.Concurrent;
using ClariBI.Contracts.CredentialVault;
using MassTransit;

namespace ClariBI.CredentialVault.Tests.Hosting;

/// <summary>What the vault announced, as another service hears it.</summary>
public sealed class VaultEvents
{
    public ConcurrentQueue<object> All { get; } = new();

    public IReadOnlyList<GrantInvalidated> Ended => [.. All.OfType<GrantInvalidated>()];

    public IReadOnlyList<GrantRefreshed> Refreshed => [.. All.OfType<GrantRefreshed>()];

    public IReadOnlyList<GrantRefreshFailed> RefreshFailed => [.. All.OfType<GrantRefreshFailed>()];

    public IReadOnlyList<GrantRevocationSettled> Settled => [.. All.OfType<GrantRevocationSettled>()];
}

internal sealed class VaultEventsConsumer(VaultEvents events) :
    IConsumer<GrantInvalidated>, IConsumer<GrantRefreshed>, IConsumer<GrantRefreshFailed>, IConsumer<GrantRevocationSettled>
{
    public Task Consume(ConsumeContext<GrantInvalidated> context) => Hear(context.Message);

    public Task Consume(ConsumeContext<GrantRefreshed> context) => Hear(context.Message);

    public Task Consume(ConsumeContext<GrantRefreshFailed> context) => Hear(context.Message);

    public Task Consume(ConsumeContext<GrantRevocationSettled> context) => Hear(context.Message);

    private Task Hear(object message)
    {
        events.All.Enqueue(message);
        return Task.CompletedTask;
    }
}
