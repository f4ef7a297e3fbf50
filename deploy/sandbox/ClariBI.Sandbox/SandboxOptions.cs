using System.Globalization;

namespace ClariBI.Sandbox;

/// <summary>Command-line options; every one has a default that runs on a laptop.</summary>
internal sealed class SandboxOptions
{
    /// <summary>Folder with org.json, the event files, and what the sandbox writes beside them.</summary>
    public string Data { get; init; } = Path.Combine(Directory.GetCurrentDirectory(), "sandbox-data");

    /// <summary>Fixes the clock (ISO 8601); empty follows the machine's.</summary>
    public string? Now { get; init; }

    /// <summary>Size of the generated population.</summary>
    public int Users { get; init; } = 20_000;

    /// <summary>Seconds an access token lives.</summary>
    public int TokenLife { get; init; } = 3600;

    /// <summary>Origin to publish in metadata; empty takes it from each request.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Loopback address of the admin endpoint; port 0 picks a free one; empty turns it off.</summary>
    public string? AdminUrls { get; init; }

    public static SandboxOptions From(IConfiguration configuration)
    {
        var defaults = new SandboxOptions();
        var options = new SandboxOptions
        {
            Data = Path.GetFullPath(configuration["data"] ?? defaults.Data),
            Now = configuration["now"],
            Users = configuration.GetValue("users", defaults.Users),
            TokenLife = configuration.GetValue("token-life", defaults.TokenLife),
            PublicUrl = configuration["public-url"]?.TrimEnd('/'),
            AdminUrls = configuration["admin-urls"] ?? (configuration["admin-port"] is { } port ? $"http://127.0.0.1:{port}" : null),
        };
        options.Check();
        return options;
    }

    public TimeProvider Clock() => Now is null
        ? TimeProvider.System
        : new FixedClock(DateTimeOffset.Parse(Now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private void Check()
    {
        if (Users is < 100 or > 1_000_000)
        {
            throw new ArgumentException("--users takes a number from 100 to 1000000.");
        }

        if (TokenLife < 1)
        {
            throw new ArgumentException("--token-life takes a number of seconds above 0.");
        }

        if (AdminUrls is not null && !new Uri(AdminUrls).IsLoopback)
        {
            throw new ArgumentException("--admin-urls must be a loopback address: the admin endpoint has no sign-in.");
        }
    }
}
