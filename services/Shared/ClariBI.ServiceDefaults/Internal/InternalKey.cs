using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ClariBI.ServiceDefaults.Internal;

/// <summary>The secret all ClariBI processes share. Never used itself: each use derives its own key (HKDF-SHA256, RFC 5869).</summary>
public sealed class InternalKey(IOptions<InternalOptions> options)
{
    private readonly Lazy<byte[]> root = new(() => Load(options.Value));

    /// <returns>32 bytes that differ for every <paramref name="purpose"/>.</returns>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, root.Value, 32, info: Encoding.UTF8.GetBytes("claribi/" + purpose));

    private static byte[] Load(InternalOptions options)
    {
        if (options.Key.Length > 0)
        {
            return Convert.FromBase64String(options.Key);
        }

        var file = new FileInfo(options.KeyFile);
        if (!file.Exists)
        {
            file.Directory!.Create();
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(file.FullName, create);
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        }

        return Convert.FromBase64String(File.ReadAllText(file.FullName).Trim());
    }
}
