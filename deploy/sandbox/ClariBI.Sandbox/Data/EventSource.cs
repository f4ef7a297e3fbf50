using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClariBI.Sandbox.Data;

/// <summary>The file or files that hold the events of a project: one of .jsonl, .json, .jsonl.gz, .json.gz, or a folder of them as the Export API's archive unpacks to.</summary>
/// <param name="Name">The path in the data folder.</param>
/// <param name="Files">Full paths.</param>
internal sealed record EventSource(string Name, string[] Files)
{
    private static readonly string[] Endings = [".jsonl", ".jsonl.gz", ".json", ".json.gz"];

    /// <summary>A file name of its own for every path.</summary>
    public string CacheName => $"{Path.GetFileName(Name)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Name)))[..8]}.duckdb";

    /// <summary>Changes whenever a file does.</summary>
    public string Stamp
    {
        get
        {
            var facts = Files.Select(path => new FileInfo(path)).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName}/{file.Length}/{file.LastWriteTimeUtc.Ticks}"));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts))));
        }
    }

    public static EventSource Find(string folder, Project project)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        string[] names = project.Events is { } named ? [named] : [.. Endings.Select(ending => project.Id + ending), project.Id];
        foreach (var path in names.Select(name => Path.GetFullPath(Path.Combine(root, name))).Where(path => path.StartsWith(root, StringComparison.Ordinal)))
        {
            string[] files = File.Exists(path) ? [path] : Directory.Exists(path) ? FilesIn(path) : [];
            if (files.Length > 0)
            {
                return new(Path.GetRelativePath(root, path), files);
            }
        }

        throw new DataFolderException(project.Events is null
            ? $"Project {project.Id} has no events: {folder} holds none of {string.Join(", ", names[..^1])} and no folder {project.Id} with such files."
            : $"org.json: project {project.Id}: events names {project.Events}, which is not a file or a folder with event files in {folder}.");
    }

    private static string[] FilesIn(string path) =>
        [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => Array.Exists(Endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];
}
