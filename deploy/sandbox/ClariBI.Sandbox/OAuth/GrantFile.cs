using System.Text.Json;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.OAuth;

/// <summary>Keeps clients and grants (hashes only) over a restart, so that a demo connection survives one. Where the data folder cannot be written they go to the temp folder, as the cache does.</summary>
internal sealed partial class GrantFile(SandboxOptions options, ILogger<GrantFile> logger)
{
    private const string Name = "grants.json";
    private string folder = options.Data;

    /// <summary>Of the two places, the one written last.</summary>
    public Snapshot Read()
    {
        var path = new[] { options.Data, CacheFolder.InTemp(options.Data) }.Select(place => Path.Combine(place, Name)).Where(File.Exists).MaxBy(File.GetLastWriteTimeUtc);
        try
        {
            return path is null ? new([], []) : JsonSerializer.Deserialize<Snapshot>(File.ReadAllBytes(path)) ?? new([], []);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(logger, path!);
            return new([], []);
        }
    }

    public void Write(Snapshot snapshot)
    {
        try
        {
            WriteTo(folder, snapshot);
        }
        catch (Exception problem) when (folder == options.Data && (problem is IOException or UnauthorizedAccessException))
        {
            folder = CacheFolder.InTemp(options.Data);
            LogElsewhere(logger, options.Data, folder);
            WriteTo(folder, snapshot);
        }
    }

    /// <summary>Writes beside and renames, so that a crash leaves the old file or the new one.</summary>
    private static void WriteTo(string folder, Snapshot snapshot)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, Name);
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(path + ".new", file))
        {
            JsonSerializer.Serialize(stream, snapshot);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read; everyone has to connect again")]
    private static partial void LogUnreadable(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Folder} cannot be written; connections are kept in {Other}")]
    private static partial void LogElsewhere(ILogger logger, string folder, string other);

    internal sealed record Snapshot(Client[] Clients, Grant[] Grants);
}
