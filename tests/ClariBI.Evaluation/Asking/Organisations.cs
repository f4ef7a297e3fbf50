using System.Text.Json;

namespace ClariBI.Evaluation.Asking;

/// <summary>A project of the data folder, and how to get to it.</summary>
/// <param name="Account">The email of somebody who may read it.</param>
/// <param name="IsEu">It can be reached in the EU region only.</param>
internal sealed record FolderProject(string Id, string Name, string OrganisationId, string Organisation, string Account, bool IsEu);

/// <summary>Reads who is who in a data folder's org.json.</summary>
internal static class Organisations
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static async Task<IReadOnlyList<FolderProject>> ReadAsync(string folder, CancellationToken ct)
    {
        await using var stream = File.OpenRead(Path.Combine(folder, "org.json"));
        var file = await JsonSerializer.DeserializeAsync<FileRow>(stream, Json, ct) ?? throw new EvaluationException("org.json is empty.");
        return
        [
            .. from organisation in file.Organisations
               let account = Reader(file, organisation)
               from project in organisation.Projects
               select new FolderProject(project.Id, project.Name, organisation.Id, organisation.Name, account, organisation.Region == "eu"),
        ];
    }

    private static string Reader(FileRow file, OrganisationRow organisation) =>
        (file.Accounts ?? []).Prepend(file.User)
            .FirstOrDefault(account => account.Mcp?.Contains("read") != false && account.Organisations?.Contains(organisation.Id) != false)?.Email
        ?? throw new EvaluationException($"org.json has nobody who may read the organization {organisation.Name}.");

    private sealed record FileRow(AccountRow User, AccountRow[]? Accounts, OrganisationRow[] Organisations);

    private sealed record AccountRow(string Email, string[]? Mcp, string[]? Organisations);

    private sealed record OrganisationRow(string Id, string Name, string? Region, ProjectRow[] Projects);

    private sealed record ProjectRow(string Id, string Name);
}
