namespace ClariBI.Testing;

/// <summary>A new folder that is deleted with its contents.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("claribi-test-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A database file may still be open for a moment; the system clears its temporary folder.
        }
    }
}
