using System.Text.Json;
using ClariBI.Sandbox.Data.Generation;

namespace ClariBI.Sandbox.Data;

/// <summary>The data folder, opened: who is in it, and a store per distinct event file.</summary>
internal sealed partial class Workspace([FromKeyedServices(SandboxSetup.Calendar)] TimeProvider calendar, SandboxOptions options, ILogger<Workspace> logger) : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private readonly Dictionary<string, EventStore> stores = [];
    private OrganisationFile? file;

    public IReadOnlyList<Organisation> Organisations => file!.Organisations;

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

        await using (var stream = File.OpenRead(organisationPath))
        {
            file = await JsonSerializer.DeserializeAsync<OrganisationFile>(stream, Json, cancellationToken)
                ?? throw new InvalidDataException($"{organisationPath} is empty.");
        }

        foreach (var events in Organisations.SelectMany(organisation => organisation.Projects).Select(project => project.EventFile).Distinct())
        {
            stores[events] = EventStore.Open(options.Data, events);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{Events} events ready after {Seconds:0.0} s")]
    private static partial void LogReady(ILogger logger, long events, double seconds);
}
