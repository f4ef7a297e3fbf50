using System.Security.Cryptography;
using System.Text;

namespace ClariBI.Sandbox.Data;

/// <summary>Where the DuckDB files go: .cache in the data folder, or a private folder of the machine's temp folder where that cannot be written.</summary>
internal static class CacheFolder
{
    public static string For(string dataFolder)
    {
        var wanted = Path.Combine(dataFolder, ".cache");
        try
        {
            Directory.CreateDirectory(wanted);
            var probe = Path.Combine(wanted, ".probe");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return wanted;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Directory.CreateDirectory(InTemp(dataFolder)).FullName;
        }
    }

    /// <summary>The folder for what a data folder cannot hold.</summary>
    public static string InTemp(string dataFolder)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(dataFolder))))[..16];
        return Path.Combine(Path.GetTempPath(), "amplitude-sandbox-cache", name);
    }
}
