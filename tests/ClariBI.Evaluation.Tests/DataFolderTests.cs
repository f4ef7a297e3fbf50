using ClariBI.Evaluation.Asking;
using ClariBI.Evaluation.Servers;
using ClariBI.Testing;

namespace ClariBI.Evaluation.Tests;

public sealed class DataFolderTests : IDisposable
{
    private const string Organisations = """
        {
          // as people write it
          "user": { "name": "Ada", "email": "ada@x.example", "mcp": ["read", "write"], "organisations": ["a"] },
          "accounts": [
            { "name": "Bob", "email": "bob@x.example", "mcp": [] },
            { "name": "Cleo", "email": "cleo@x.example" },
          ],
          "organisations": [
            { "id": "a", "name": "A", "projects": [{ "id": "1", "name": "One", "timeZone": "UTC" }, { "id": "2", "name": "Two", "timeZone": "UTC" }] },
            { "id": "b", "name": "B", "region": "eu", "projects": [{ "id": "3", "name": "Three", "timeZone": "UTC" }] },
          ]
        }
        """;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_project_is_found_with_its_region_and_somebody_who_may_read_it()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "org.json"), Organisations, Ct);

        (await Evaluation.Asking.Organisations.ReadAsync(folder.Path, Ct)).ShouldBe(
        [
            new FolderProject("1", "One", "a", "A", "ada@x.example", false),
            new FolderProject("2", "Two", "a", "A", "ada@x.example", false),
            new FolderProject("3", "Three", "b", "B", "cleo@x.example", true),
        ]);
    }

    [Fact]
    public async Task A_data_folder_is_read_through_links_and_nothing_is_written_into_it()
    {
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName;
        foreach (var name in new[] { "org.json", "1.jsonl", "grants.json", "grants.json.wal", ".sandbox-generated", ".cache/1.duckdb", "2/a/b.json.gz" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(data, name))!);
            await File.WriteAllTextAsync(Path.Combine(data, name), name, Ct);
        }

        var work = Directory.CreateDirectory(Path.Combine(folder.Path, "work")).FullName;
        var prepared = new DataSet("data", null) { Folder = data }.Prepare(work);
        await File.WriteAllTextAsync(Path.Combine(prepared, "grants.json"), "a grant of this run", Ct);

        Directory.EnumerateFileSystemEntries(prepared).Select(Path.GetFileName).Order().ShouldBe(["1.jsonl", "2", "grants.json", "org.json"], ignoreOrder: true);
        (await File.ReadAllTextAsync(Path.Combine(prepared, "2", "a", "b.json.gz"), Ct)).ShouldBe("2/a/b.json.gz");
        Directory.Delete(work, recursive: true);
        (await File.ReadAllTextAsync(Path.Combine(data, "grants.json"), Ct)).ShouldBe("grants.json");
        File.Exists(Path.Combine(data, "2", "a", "b.json.gz")).ShouldBeTrue("the end of the run deletes links, not data");
        File.Exists(Path.Combine(data, ".cache", "1.duckdb")).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_without_organisations_is_no_data_folder() =>
        Should.Throw<EvaluationException>(() => new DataSet("data", null) { Folder = folder.Path }.Prepare(folder.Path)).Message.ShouldContain("org.json");

    public void Dispose() => folder.Dispose();
}
