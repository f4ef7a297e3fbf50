using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ClariBI.EndToEnd.Tests;

/// <summary>The data keys of everything that the vault keeps, unwrapped as only the holder of the key file can: none may be anywhere.</summary>
internal static class DataKeys
{
    private const int TagBytes = 16;

    private const string Rows =
        """
        SELECT "WrappedKey", "KeyNonce", "KeyVersion", "WorkspaceId", "Id", "Generation" FROM "Grants"
        UNION ALL SELECT "Tokens_WrappedKey", "Tokens_KeyNonce", "Tokens_KeyVersion", "WorkspaceId", "GrantId", "Generation" FROM "PendingRevocations"
        UNION ALL SELECT "PrivateKey_WrappedKey", "PrivateKey_KeyNonce", "PrivateKey_KeyVersion", NULL, NULL, 0 FROM "SealingKeyPairs"
        """;

    /// <param name="keyFile">The vault's key file, as text.</param>
    public static async Task<List<byte[]>> ReadAsync(string keyFile, CancellationToken ct)
    {
        var keys = JsonSerializer.Deserialize<JsonElement>(keyFile).GetProperty("keys");
        await using DbConnection connection = Environment.GetEnvironmentVariable("CLARIBI_POSTGRES") is { } postgres
            ? new NpgsqlConnection($"{postgres};Database=claribi_vault")
            : new SqliteConnection($"Data Source={Path.Combine(Product.Data, "databases", "vault.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = Rows;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var unwrapped = new List<byte[]>();
        while (await reader.ReadAsync(ct))
        {
            var bound = await reader.IsDBNullAsync(3, ct) ? "sealing-key" : $"grant:{reader.GetGuid(3):N}:{reader.GetGuid(4):N}:{reader.GetInt32(5)}";
            unwrapped.Add(Unwrap(
                keys.GetProperty(reader.GetString(2)).GetBytesFromBase64(), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(0), bound));
        }

        return unwrapped;
    }

    private static byte[] Unwrap(byte[] key, byte[] nonce, byte[] wrapped, string bound)
    {
        using var aes = new AesGcm(key, TagBytes);
        var plain = new byte[wrapped.Length - TagBytes];
        aes.Decrypt(nonce, wrapped.AsSpan(0, plain.Length), wrapped.AsSpan(plain.Length), plain, Encoding.UTF8.GetBytes(bound));
        return plain;
    }
}
