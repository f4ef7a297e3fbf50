using System.Globalization;
using ClariBI.Sandbox.Data.Generation.Marketplace;
using ClariBI.Sandbox.Data.Generation.Media;
using ClariBI.Sandbox.Data.Generation.Saas;

namespace ClariBI.Sandbox.Data.Generation;

/// <summary>Fills an empty data folder, and refills its own once the day has changed. Someone else's data is never touched.</summary>
internal sealed class DataGenerator(SandboxOptions options, TimeProvider calendar)
{
    private const int GeneratorVersion = 2;
    private readonly string marker = Path.Combine(options.Data, ".sandbox-generated");

    private string Wanted => string.Create(CultureInfo.InvariantCulture, $"{GeneratorVersion} {options.Sample} {calendar.GetUtcNow():yyyy-MM-dd}{(options.Now is null ? "" : $" {calendar.GetUtcNow():HH:mm:ss}")} {options.Users}");

    public bool IsNeeded(string organisationPath)
    {
        if (File.Exists(marker))
        {
            return !File.Exists(organisationPath) || File.ReadAllText(marker) != Wanted;
        }

        if (!File.Exists(organisationPath) && Directory.EnumerateFiles(options.Data, "*.json*", SearchOption.AllDirectories).Any(path => Path.GetFileName(path) != "grants.json"))
        {
            throw new DataFolderException($"{options.Data} holds event files but no org.json. Add one (see the README), or point --data at an empty folder.");
        }

        return !File.Exists(organisationPath);
    }

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var now = calendar.GetUtcNow();
        var wanted = Wanted;

        // The marker comes first, so that an interrupted run is recognised as ours; it is complete only at the end.
        await File.WriteAllTextAsync(marker, "incomplete", cancellationToken);
        var organisation = options.Sample switch
        {
            "saas" => new SaasGenerator(now).Write(options.Data, options.Users),
            "marketplace" => new MarketplaceGenerator(now).Write(options.Data, options.Users),
            _ => new MediaGenerator(now).Write(options.Data, options.Users),
        };
        await File.WriteAllTextAsync(Path.Combine(options.Data, "org.json"), organisation, cancellationToken);
        await File.WriteAllTextAsync(marker, wanted, cancellationToken);
    }
}
