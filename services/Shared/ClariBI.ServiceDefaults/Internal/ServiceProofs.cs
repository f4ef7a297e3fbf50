using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClariBI.Contracts;

namespace ClariBI.ServiceDefaults.Internal;

/// <summary>Makes and checks <see cref="ServiceProof"/>s. Each message says which fields its proof covers.</summary>
public sealed class ServiceProofs(InternalKey internalKey, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private readonly byte[] key = internalKey.Derive("service-proofs");

    public ServiceProof Make(string service, params ReadOnlySpan<string> fields)
    {
        var now = clock.GetUtcNow();
        return new ServiceProof(service, now, Base64Url.EncodeToString(Sign(service, now, fields)));
    }

    /// <returns>False for a wrong signature, other fields, or a proof older than two minutes.</returns>
    public bool Check(ServiceProof? proof, params ReadOnlySpan<string> fields) => CheckWithin(Lifetime, proof, fields);

    /// <summary>For commands that may wait in a queue and that change nothing when they are played again.</summary>
    public bool CheckWithin(TimeSpan lifetime, ServiceProof? proof, params ReadOnlySpan<string> fields) =>
        proof is { Service: not null, Signature: not null }
        && !fields.Contains(null!)
        && (clock.GetUtcNow() - proof.IssuedAt).Duration() <= lifetime
        && Base64Url.IsValid(proof.Signature)
        && CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(proof.Signature), Sign(proof.Service, proof.IssuedAt, fields));

    private byte[] Sign(string service, DateTimeOffset issuedAt, ReadOnlySpan<string> fields)
    {
        // Length-prefixed, so that no two lists of fields give the same bytes.
        var text = new StringBuilder();
        Append(text, service);
        Append(text, issuedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        foreach (var field in fields)
        {
            Append(text, field);
        }

        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Append(StringBuilder text, string field) =>
        text.Append(field.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(field).Append(';');
}
