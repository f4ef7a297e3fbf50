using System.Globalization;

namespace ClariBI.Sandbox;

/// <summary>Command-line options; every one has a default that runs on a laptop.</summary>
internal sealed class SandboxOptions
{
    public static readonly string[] ResultForms = ["csv", "json"];
    public static readonly string[] ReplyForms = ["sse", "json"];
    public static readonly string[] RefreshWays = ["rotate", "keep"];

    /// <summary>Folder with org.json, the event files, and what the sandbox writes beside them.</summary>
    public string Data { get; init; } = Path.Combine(Directory.GetCurrentDirectory(), "sandbox-data");

    /// <summary>Where the US region listens.</summary>
    public string Urls { get; init; } = "http://localhost:5000";

    /// <summary>Fixes the clock (ISO 8601); empty follows the machine's.</summary>
    public string? Now { get; init; }

    /// <summary>Size of the generated population.</summary>
    public int Users { get; init; } = 20_000;

    /// <summary>Seconds an access token lives. The admin endpoint changes this and the other settable ones at run time.</summary>
    public int TokenLife { get; set; } = 3600;

    /// <summary>Origin to publish in metadata; empty takes it from each request.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Where the EU region listens; empty turns it off. --urls is the US region.</summary>
    public string? EuUrls { get; init; }

    /// <summary>Origin of the EU region to publish in metadata; empty takes it from each request.</summary>
    public string? EuPublicUrl { get; init; }

    /// <summary>Which generator fills an empty folder: media, saas or marketplace.</summary>
    public string Sample { get; init; } = "media";

    /// <summary>Which generation of tools is published: gen2 or gen3.</summary>
    public string Profile { get; init; } = "gen3";

    /// <summary>Form of segmentation results: csv (rows inside JSON) or json.</summary>
    public string Results { get; set; } = "csv";

    /// <summary>Form of replies over HTTP: sse (one data line) or json.</summary>
    public string Replies { get; set; } = "sse";

    /// <summary>stateful (2024-11-05 to 2025-11-25) or sessionless (2026-07-28 too).</summary>
    public string Protocol { get; init; } = "stateful";

    /// <summary>rotate answers a refresh with a new refresh token, keep with none.</summary>
    public string Refresh { get; set; } = "rotate";

    /// <summary>Loopback address of the admin endpoint; port 0 picks a free one; empty turns it off.</summary>
    public string? AdminUrls { get; init; }

    public static SandboxOptions From(IConfiguration configuration)
    {
        var defaults = new SandboxOptions();
        var options = new SandboxOptions
        {
            Data = Path.GetFullPath(configuration["data"] ?? defaults.Data),
            Urls = configuration["urls"] is { Length: > 0 } urls ? urls : defaults.Urls,
            Now = configuration["now"],
            Users = configuration.GetValue("users", defaults.Users),
            TokenLife = configuration.GetValue("token-life", defaults.TokenLife),
            PublicUrl = configuration["public-url"]?.TrimEnd('/'),
            EuUrls = configuration["eu-urls"],
            EuPublicUrl = configuration["eu-public-url"]?.TrimEnd('/'),
            Sample = OneOf(configuration, "sample", "media", "saas", "marketplace"),
            Profile = OneOf(configuration, "profile", "gen3", "gen2"),
            Results = OneOf(configuration, "results", ResultForms),
            Replies = OneOf(configuration, "replies", ReplyForms),
            Protocol = OneOf(configuration, "protocol", "stateful", "sessionless"),
            Refresh = OneOf(configuration, "refresh", RefreshWays),
            AdminUrls = configuration["admin-urls"] ?? (configuration["admin-port"] is { } port ? $"http://127.0.0.1:{port}" : null),
        };
        options.Check();
        return options;
    }

    public static string[] Split(string? urls) => (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public TimeProvider Clock() => Now is null
        ? TimeProvider.System
        : new FixedClock(DateTimeOffset.Parse(Now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>The first value is the default.</summary>
    private static string OneOf(IConfiguration configuration, string name, params string[] values)
    {
        var given = configuration[name] ?? values[0];
        return values.Contains(given) ? given : throw new ArgumentException($"--{name} takes one of {string.Join(", ", values)}.");
    }

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

        foreach (var (option, url) in new[] { ("--public-url", PublicUrl), ("--eu-public-url", EuPublicUrl) })
        {
            if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https"))
            {
                throw new ArgumentException($"{option} takes an origin such as https://sandbox.example.");
            }
        }

        if (AdminUrls is not null && !new Uri(AdminUrls).IsLoopback)
        {
            throw new ArgumentException("--admin-urls must be a loopback address: the admin endpoint has no sign-in.");
        }
    }
}
