using System.Text.Json;

namespace ClariBI.Sandbox.OAuth;

/// <summary>Keeps clients and grants (hashes only) over a restart, so that a demo connection survives one.</summary>
internal sealed partial class GrantFile(SandboxOptions options, ILogger<GrantFile> logger)
{
    private readonly string path = Path.Combine(options.Data, "grants.json");

    public Snapshot Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Snapshot>(File.ReadAllBytes(path)) ?? new([], []) : new([], []);
        }
        catch (JsonException)
        {
            LogUnreadable(logger, path);
            return new([], []);
        }
    }

    /// <summary>Writes beside and renames, so that a crash leaves the old file or the new one.</summary>
    public void Write(Snapshot snapshot)
    {
        Directory.CreateDirectory(options.Data);
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

    internal sealed record Snapshot(Client[] Clients, Grant[] Grants);
}
