using System.Collections.Concurrent;
using ClariBI.Contracts.CredentialVault;
using MassTransit;

namespace ClariBI.CredentialVault.Tests.Hosting;

/// <summary>What the vault announced, as another service hears it.</summary>
public sealed class EndedGrants
{
    public ConcurrentDictionary<Guid, GrantInvalidated> All { get; } = new();
}

internal sealed class EndedGrantsConsumer(EndedGrants ended) : IConsumer<GrantInvalidated>
{
    public Task Consume(ConsumeContext<GrantInvalidated> context)
    {
        ended.All[context.Message.GrantId] = context.Message;
        return Task.CompletedTask;
    }
}
