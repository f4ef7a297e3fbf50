using System.Security.Cryptography;
using System.Text.Json;

namespace ClariBI.CredentialVault.Secrets;

/// <summary>A token or a client secret as UTF-8 in pinned memory, cleared when it is disposed. It never becomes a string by accident.</summary>
internal sealed class SecretText(ReadOnlySpan<byte> utf8) : IDisposable
{
    private readonly byte[] bytes = Copy(utf8);

    public ReadOnlySpan<byte> Utf8 => bytes;

    public SecretText Clone() => new(bytes);

    /// <summary>The string at the reader, unescaped; null for null.</summary>
    /// <exception cref="JsonException">It is no string.</exception>
    public static SecretText? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A secret is not a string.");
        }

        if (!reader.ValueIsEscaped && !reader.HasValueSequence)
        {
            return new SecretText(reader.ValueSpan);
        }

        using var unescaped = new SecretBuffer(reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length);
        unescaped.Advance(reader.CopyString(unescaped.GetSpan()));
        return new SecretText(unescaped.Written.Span);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

    public override string ToString() => "(secret)";

    private static byte[] Copy(ReadOnlySpan<byte> utf8)
    {
        var copy = SecretBuffer.Allocate(utf8.Length);
        utf8.CopyTo(copy);
        return copy;
    }
}
