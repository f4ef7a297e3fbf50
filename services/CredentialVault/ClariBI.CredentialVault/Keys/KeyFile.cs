using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Keys;

/// <summary>
/// Keys in a JSON file with mode 0600: <c>{"current":"1","keys":{"1":"base64"}}</c>. A version is added by a rotation or by hand;
/// the file is read again when it changed, so that all replicas on one file take a new version up.
/// </summary>
internal sealed class KeyFile(IOptions<VaultOptions> options) : IKeyEncryptionKeys
{
    private readonly Lock reading = new();
    private (Contents Contents, DateTime WrittenAt)? known;

    public KeyProvider Provider => KeyProvider.KeyFile;

    private string Path => System.IO.Path.GetFullPath(options.Value.KeyFile);

    public ValueTask<KeyEncryptionKey> CurrentAsync(CancellationToken cancellationToken)
    {
        var file = Read(again: false);
        return ValueTask.FromResult(Find(file, file.Current) ?? throw new KeyVersionMissingException(file.Current));
    }

    public ValueTask<KeyEncryptionKey> NewestAsync(CancellationToken cancellationToken)
    {
        Read(again: true);
        return CurrentAsync(cancellationToken);
    }

    public ValueTask<KeyEncryptionKey> GetAsync(string version, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            Find(Read(again: false), version) ?? Find(Read(again: true), version) ?? throw new KeyVersionMissingException(version));

    public ValueTask<KeyEncryptionKey> AddAsync(CancellationToken cancellationToken)
    {
        lock (reading)
        {
            var file = Read(again: true);
            var highest = file.Keys.Keys.Max(version => int.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : 0);
            var added = new KeyEncryptionKey((highest + 1).ToString(CultureInfo.InvariantCulture), RandomNumberGenerator.GetBytes(KeyEncryptionKey.Bytes));
            try
            {
                Write(new Contents(added.Version, new Dictionary<string, byte[]>(file.Keys) { [added.Version] = added.Key }));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new KeysUnavailableException($"The key file {Path} could not be written. Check that its folder is writable and not full.", exception);
            }

            Read(again: true);
            return ValueTask.FromResult(added);
        }
    }

    public ValueTask<IReadOnlyList<string>> VersionsAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. Read(again: false).Keys.Keys]);

    private static KeyEncryptionKey? Find(Contents file, string version) =>
        file.Keys.TryGetValue(version, out var key) ? new KeyEncryptionKey(version, key) : null;

    private Contents Read(bool again)
    {
        lock (reading)
        {
            var path = Path;
            if (known is null && !File.Exists(path))
            {
                Write(new Contents("1", new Dictionary<string, byte[]> { ["1"] = RandomNumberGenerator.GetBytes(KeyEncryptionKey.Bytes) }));
            }

            var writtenAt = File.GetLastWriteTimeUtc(path);
            if (known is null || again || known.Value.WrittenAt != writtenAt)
            {
                try
                {
                    known = (Load(path), writtenAt);
                }
                catch (Exception exception) when (known is not null && exception is (IOException or JsonException or KeysUnavailableException))
                {
                    // Somebody is writing it by hand, or it is gone: what was read before is still right.
                    return known.Value.Contents;
                }
            }

            return known.Value.Contents;
        }
    }

    private static Contents Load(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new KeysUnavailableException($"Others may read the key file {path}. Run: chmod 600 {path}");
        }

        Contents? file;
        try
        {
            file = JsonSerializer.Deserialize<Contents>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            // Without the cause: its message may quote the file.
            throw new KeysUnavailableException($"The key file {path} is not valid JSON of keys. Restore it from its backup.");
        }

        return file is { Current: not null, Keys.Count: > 0 } && file.Keys.Values.All(key => key is { Length: KeyEncryptionKey.Bytes })
            ? file
            : throw new KeysUnavailableException($"The key file {path} does not hold keys of {KeyEncryptionKey.Bytes} bytes. Restore it from its backup.");
    }

    /// <summary>Beside it and then in its place, so that a reader or a crash never meets half a file.</summary>
    private void Write(Contents contents)
    {
        var path = Path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var beside = $"{path}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(beside, create))
        {
            JsonSerializer.Serialize(stream, contents, JsonSerializerOptions.Web);
            stream.Flush(flushToDisk: true);
        }

        if (known is null)
        {
            TakeFirstPlace(beside, path);
            return;
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Of two replicas that make the first key at once, one wins and both read its file.</summary>
    private static void TakeFirstPlace(string beside, string path)
    {
        try
        {
            File.Move(beside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(beside);
        }
    }

    private sealed record Contents(string Current, Dictionary<string, byte[]> Keys);
}
