using ClariBI.Sandbox.Data.Generation;

namespace ClariBI.Sandbox.Data;

/// <summary>The data folder, opened: who is in it, and a store per distinct event file.</summary>
internal sealed partial class Workspace([FromKeyedServices(SandboxSetup.Calendar)] TimeProvider calendar, SandboxOptions options, ILogger<Workspace> logger) : IDisposable
{
    private readonly Dictionary<string, EventStore> stores = [];
    private OrganisationFile? file;

    public IReadOnlyList<Organisation> Organisations => file!.Organisations;

    /// <summary>Those the account belongs to and that live in this region.</summary>
    public List<Organisation> OrganisationsOf(Account account, string region) =>
        [.. Organisations.Where(organisation => (organisation.Region ?? region) == region && account.Organisations?.Contains(organisation.Id) != false)];

    public Account User => file!.User;

    public IReadOnlyList<Account> Accounts => [file!.User, .. file.Accounts];

    public Account? FindAccount(string? email) => Accounts.FirstOrDefault(account => account.Email.Equals(email, StringComparison.OrdinalIgnoreCase));

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var organisationPath = Path.Combine(options.Data, "org.json");
        var started = TimeProvider.System.GetTimestamp();
        var generator = new DataGenerator(options, calendar);
        if (generator.IsNeeded(organisationPath))
        {
            LogGenerating(logger, options.Users, options.Data);
            await generator.WriteAsync(cancellationToken);
        }

        file = await OrganisationReading.ReadAsync(organisationPath, cancellationToken);
        var sources = Organisations.SelectMany(organisation => organisation.Projects).DistinctBy(project => project.EventFile)
            .ToDictionary(project => project.EventFile, project => EventSource.Find(options.Data, project));
        var cache = CacheFolder.For(options.Data);
        foreach (var (name, source) in sources)
        {
            stores[name] = EventStore.Open(source, cache);
            if (stores[name].Skipped > 0)
            {
                LogSkipped(logger, stores[name].Skipped, source.Name);
            }
        }

        var (count, seconds) = (stores.Values.Sum(store => store.Count), TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        LogReady(logger, count, seconds);
    }

    public EventStore Events(Project project) => stores[project.EventFile];

    public object Describe() => new { folder = options.Data, now = calendar.GetUtcNow(), files = stores.ToDictionary(store => store.Key, store => store.Value.Count) };

    public void Dispose()
    {
        foreach (var store in stores.Values)
        {
            store.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Generating sample data for {Users} users in {Folder}")]
    private static partial void LogGenerating(ILogger logger, int users, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Lines} lines of {File} were left out: broken JSON, or no event_type, readable event_time or user")]
    private static partial void LogSkipped(ILogger logger, long lines, string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Events} events ready after {Seconds:0.0} s")]
    private static partial void LogReady(ILogger logger, long events, double seconds);
}
