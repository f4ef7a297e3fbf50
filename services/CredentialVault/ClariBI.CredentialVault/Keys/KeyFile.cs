using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Keys;

/// <summary>
/// Keys in a JSON file with mode 0600: <c>{"current":"1","keys":{"1":"base64"}}</c>. A version is added by hand or by a
/// rotation; the file is read again when a version is unknown.
/// </summary>
internal sealed class KeyFile(IOptions<VaultOptions> options) : IKeyEncryptionKeys
{
    private const int KeyBytes = 32;
    private readonly Lock reading = new();
    private Contents? contents;

    public ValueTask<KeyEncryptionKey> CurrentAsync(CancellationToken cancellationToken)
    {
        var file = Read(again: false);
        return ValueTask.FromResult(Find(file, file.Current) ?? throw new KeyVersionMissingException(file.Current));
    }

    public ValueTask<KeyEncryptionKey> GetAsync(string version, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            Find(Read(again: false), version) ?? Find(Read(again: true), version) ?? throw new KeyVersionMissingException(version));

    private static KeyEncryptionKey? Find(Contents file, string version) =>
        file.Keys.TryGetValue(version, out var key) ? new KeyEncryptionKey(version, key) : null;

    private Contents Read(bool again)
    {
        lock (reading)
        {
            if (contents is null || again)
            {
                var path = Path.GetFullPath(options.Value.KeyFile);
                if (!File.Exists(path))
                {
                    Create(path);
                }

                contents = Load(path);
            }

            return contents;
        }
    }

    private static Contents Load(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new InvalidOperationException($"Others may read the key file {path}. Run: chmod 600 {path}");
        }

        var file = JsonSerializer.Deserialize<Contents>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
        return file is { Keys.Count: > 0 } && file.Keys.Values.All(key => key.Length == KeyBytes)
            ? file
            : throw new InvalidOperationException($"The key file {path} does not hold keys of {KeyBytes} bytes.");
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, create);
        var first = new Contents("1", new Dictionary<string, byte[]> { ["1"] = RandomNumberGenerator.GetBytes(KeyBytes) });
        JsonSerializer.Serialize(stream, first, JsonSerializerOptions.Web);
    }

    private sealed record Contents(string Current, Dictionary<string, byte[]> Keys);
}
