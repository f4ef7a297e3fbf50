using ClariBI.Contracts.CredentialVault;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;

namespace ClariBI.CredentialVault.Keys;

internal sealed class GetSealingKeyConsumer(SealingKeys keys, ServiceProofs proofs) : IConsumer<GetSealingKey>
{
    public async Task Consume(ConsumeContext<GetSealingKey> context)
    {
        var publicKey = await keys.PublicKeyAsync(context.CancellationToken);
        await context.RespondAsync(new SealingKey(publicKey, proofs.Make(VaultModule.Service, publicKey)));
    }
}
