using System.Security.Cryptography;
using System.Text;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.Messaging.Sealing;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;

namespace ClariBI.CredentialVault.Grants;

internal sealed class LeaseAccessTokenConsumer(
    VaultDbContext db, GrantLeases leases, ServiceProofs proofs, TimeProvider clock) : IConsumer<LeaseAccessToken>
{
    private static readonly TimeSpan UnknownLife = TimeSpan.FromMinutes(5);

    public async Task Consume(ConsumeContext<LeaseAccessToken> context)
    {
        using var activity = VaultTelemetry.Activities.StartActivity("lease");
        var answer = await AnswerAsync(context.Message, context.CancellationToken);
        var outcome = answer is LeaseRefused refused ? refused.Reason.ToString() : "leased";
        activity?.SetTag("claribi.outcome", outcome);
        VaultTelemetry.Leases.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        await context.RespondAsync(answer, answer.GetType());
    }

    private async Task<object> AnswerAsync(LeaseAccessToken request, CancellationToken cancellationToken)
    {
        if (!proofs.Check(request.Proof, $"{request.WorkspaceId:N}", $"{request.GrantId:N}", request.EphemeralPublicKey))
        {
            return new LeaseRefused(LeaseRefusal.ProofRejected, "The request does not come from a ClariBI service.");
        }

        var result = await leases.GetAsync(request.GrantId, request.WorkspaceId, request.RejectedGeneration, cancellationToken);
        if (result is not LeaseResult.Granted(var grant, var accessToken))
        {
            return ((LeaseResult.Refused)result).Answer;
        }

        var now = clock.GetUtcNow();
        db.AccessLog.Add(AccessLogEntry.Of(grant, request.Proof.Service, request.Purpose, "leased", now));
        await db.SaveChangesAsync(cancellationToken);

        var plaintext = Encoding.UTF8.GetBytes(accessToken);
        try
        {
            var bound = $"lease:{grant.WorkspaceId:N}:{grant.Id:N}:{grant.Generation}";
            return new AccessTokenLeased(
                SealedBox.Seal(plaintext, request.EphemeralPublicKey, bound),
                grant.Generation, grant.ExpiresAt ?? now + UnknownLife, grant.ExpiresAt, grant.RefreshedAt);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
