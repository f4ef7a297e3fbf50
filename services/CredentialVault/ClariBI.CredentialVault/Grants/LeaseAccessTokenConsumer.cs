using System.Buffers.Text;
using System.Security.Cryptography;
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

        if (!IsPublicKey(request.EphemeralPublicKey))
        {
            return new LeaseRefused(LeaseRefusal.BadRequest, "The key of the request is not a P-256 public key.");
        }

        var result = await leases.GetAsync(request.GrantId, request.WorkspaceId, request.RejectedGeneration, request.AcceptedGeneration, cancellationToken);
        db.ChangeTracker.Clear();
        var now = clock.GetUtcNow();
        if (result is LeaseResult.Refused(var answer, var refused))
        {
            if (refused is not null)
            {
                db.AccessLog.Add(AccessLogEntry.Of(refused, request.Proof.Service, request.Purpose, "refused", now));
                await db.SaveChangesAsync(cancellationToken);
            }

            return answer;
        }

        var (grant, tokens) = (LeaseResult.Granted)result;
        using (tokens)
        {
            var until = grant.ExpiresAt ?? now + UnknownLife;
            var box = SealedBox.Seal(
                tokens.AccessToken.Utf8, request.EphemeralPublicKey, $"lease:{grant.WorkspaceId:N}:{grant.Id:N}:{grant.Generation}");

            // Logged before it is handed out: no use without an entry.
            db.AccessLog.Add(AccessLogEntry.Of(grant, request.Proof.Service, request.Purpose, "leased", now, until));
            await db.SaveChangesAsync(cancellationToken);
            return new AccessTokenLeased(box, grant.Generation, until, grant.ExpiresAt, grant.RefreshedAt);
        }
    }

    private static bool IsPublicKey(string key)
    {
        try
        {
            using var parsed = ECDiffieHellman.Create();
            parsed.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(key), out _);
            return parsed.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
