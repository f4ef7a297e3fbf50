using System.Text.Json;

namespace ClariBI.Evaluation.Asking;

/// <summary>A project that the product is connected to.</summary>
internal sealed record ConnectedProject(FolderProject Project, Guid DataSourceId);

/// <summary>Connects every project of the folder as a person would, an authorization each: several organizations, both regions.</summary>
internal static class Connecting
{
    private const int LongestName = 80;
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<ConnectedProject>> ConnectAsync(Person person, IReadOnlyList<FolderProject> projects, TextWriter output, CancellationToken ct)
    {
        var connected = new List<ConnectedProject>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var project in projects)
        {
            connected.Add(new ConnectedProject(project, await ConnectAsync(person, project, Name(project, names), output, ct)));
        }

        // The names of a project are read when it is first asked: not on the account of the first question.
        await Task.WhenAll(connected.Select(source => WarmAsync(person, source, ct)));
        return connected;
    }

    private static async Task WarmAsync(Person person, ConnectedProject source, CancellationToken ct)
    {
        try
        {
            await person.GetAsync($"/api/suggestions?dataSourceId={source.DataSourceId}", ct);
        }
        catch (RefusedException)
        {
            // The questions will tell.
        }
    }

    /// <summary>What fails is tried again, aloud: it costs a person a click, and should not cost the run.</summary>
    private static async Task<Guid> ConnectAsync(Person person, FolderProject project, string name, TextWriter output, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ConnectAsync(person, project, name, ct);
            }
            catch (EvaluationException problem) when (attempt < Attempts)
            {
                await output.WriteLineAsync($"connecting {project.Name} failed, trying again. {problem.Message}");
            }
        }
    }

    private static async Task<Guid> ConnectAsync(Person person, FolderProject project, string name, CancellationToken ct)
    {
        var started = await person.PostAsync("/api/authorizations", new { vendor = "amplitude", region = project.IsEu ? "sandbox-eu" : "sandbox" }, ct);
        var authorization = started.GetProperty("id").GetGuid();
        var consent = new Uri(started.GetProperty("authorizeUrl").GetString()!);
        await person.OpenAsync(await ConsentPages.AllowAsync(consent, project, ct), ct);
        await DecidedAsync(person, authorization, ct);
        var source = await person.PostAsync("/api/data-sources", new { authorizationId = authorization, name, projectId = project.Id }, ct);
        return source.GetProperty("id").GetGuid();
    }

    private static async Task DecidedAsync(Person person, Guid authorization, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        while (true)
        {
            var now = await person.GetAsync($"/api/authorizations/{authorization}", limit.Token);
            switch (now.GetProperty("status").GetString())
            {
                case "authorized":
                    return;
                case "failed":
                    throw new EvaluationException($"The product could not be connected: {Failure(now)}");
                default:
                    await Task.Delay(50, limit.Token);
                    break;
            }
        }
    }

    private static string Failure(JsonElement authorization) => authorization.TryGetProperty("failure", out var failure) ? failure.ToString() : authorization.ToString();

    /// <summary>The project's own, as whoever connects it would leave it; with the organization where another project has it.</summary>
    private static string Name(FolderProject project, HashSet<string> taken)
    {
        foreach (var name in new[] { project.Name, $"{project.Organisation}: {project.Name}", $"{project.Id} {project.Name}" })
        {
            var cut = name.Length <= LongestName ? name : name[..LongestName];
            if (taken.Add(cut))
            {
                return cut;
            }
        }

        throw new EvaluationException($"There are two projects {project.Id}.");
    }
}
