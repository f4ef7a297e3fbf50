using System.Globalization;

namespace ClariBI.Connection.Tests.Hosting;

/// <summary>Which process opened a connection to this machine (Linux: <c>/proc</c>).</summary>
internal static class Sockets
{
    /// <param name="port">The client's port of a loopback connection.</param>
    public static ServiceProcess? OwnerOf(int port, IEnumerable<ServiceProcess> candidates)
    {
        var local = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        var inodes = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[1].EndsWith(local, StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]").ToHashSet();
        return candidates.FirstOrDefault(process => !process.HasExited && Directory.EnumerateFiles($"/proc/{process.Id}/fd")
            .Any(file => new FileInfo(file).LinkTarget is { } target && inodes.Contains(target)));
    }
}
