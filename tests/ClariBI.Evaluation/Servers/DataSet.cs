namespace ClariBI.Evaluation.Servers;

/// <summary>What the sandbox serves: a sample that it makes itself, or somebody's data folder.</summary>
/// <param name="Now">The fixed clock; null follows the machine's.</param>
internal sealed record DataSet(string Name, DateTimeOffset? Now)
{
    /// <summary>A data folder; null for a sample.</summary>
    public string? Folder { get; init; }

    /// <summary>The size of a sample.</summary>
    public int Users { get; init; }

    /// <summary>
    /// Where the sandbox may write. A folder of somebody's is linked entry by entry and stays as it is: neither the sandbox's grants nor its
    /// cache get into it, and without the mark of generated data nothing of it is made anew.
    /// </summary>
    public string Prepare(string work)
    {
        var target = Directory.CreateDirectory(Path.Combine(work, "sandbox")).FullName;
        if (Folder is null)
        {
            return target;
        }

        if (!File.Exists(Path.Combine(Folder, "org.json")))
        {
            throw new EvaluationException($"{Folder} has no org.json: it is no data folder of the sandbox.");
        }

        foreach (var entry in new DirectoryInfo(Folder).EnumerateFileSystemInfos().Where(entry => !IsSandboxes(entry.Name)))
        {
            var link = Path.Combine(target, entry.Name);
            _ = entry is DirectoryInfo ? Directory.CreateSymbolicLink(link, entry.FullName) : File.CreateSymbolicLink(link, entry.FullName);
        }

        return target;
    }

    /// <summary>What the sandbox writes beside the data.</summary>
    private static bool IsSandboxes(string name) => name is ".cache" or ".sandbox-generated" || name.StartsWith("grants.json", StringComparison.Ordinal);
}
