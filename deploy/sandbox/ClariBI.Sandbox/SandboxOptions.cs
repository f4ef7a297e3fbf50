using System.Globalization;

namespace ClariBI.Sandbox;

/// <summary>Command-line options; every one has a default that runs on a laptop.</summary>
internal sealed class SandboxOptions
{
    public static readonly string[] ResultForms = ["csv", "json"];
    public static readonly string[] ReplyForms = ["sse", "json"];
    public static readonly string[] RefreshWays = ["rotate", "grace", "keep"];

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
            Data = Path.GetFullPath(Given(configuration, "data") ?? defaults.Data),
            Urls = Given(configuration, "urls") ?? defaults.Urls,
            Now = Given(configuration, "now"),
            Users = Number(configuration, "users", defaults.Users),
            TokenLife = Number(configuration, "token-life", defaults.TokenLife),
            PublicUrl = Given(configuration, "public-url")?.TrimEnd('/'),
            EuUrls = Given(configuration, "eu-urls"),
            EuPublicUrl = Given(configuration, "eu-public-url")?.TrimEnd('/'),
            Sample = OneOf(configuration, "sample", "media", "saas", "marketplace"),
            Profile = OneOf(configuration, "profile", "gen3", "gen2"),
            Results = OneOf(configuration, "results", ResultForms),
            Replies = OneOf(configuration, "replies", ReplyForms),
            Protocol = OneOf(configuration, "protocol", "stateful", "sessionless"),
            Refresh = OneOf(configuration, "refresh", RefreshWays),
            AdminUrls = Given(configuration, "admin-urls") ?? (Given(configuration, "admin-port") is { } port ? $"http://127.0.0.1:{port}" : null),
        };
        options.Check();
        return options;
    }

    public static string[] Split(string? urls) => (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public TimeProvider Clock() => Now is null ? TimeProvider.System : new FixedClock(Time(Now) ?? default);

    /// <summary>An empty option is one that was not given.</summary>
    private static string? Given(IConfiguration configuration, string name) => configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>What is no number is -1, which no option takes.</summary>
    private static int Number(IConfiguration configuration, string name, int otherwise) =>
        Given(configuration, name) is not { } given ? otherwise
        : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : -1;

    /// <summary>The first value is the default.</summary>
    private static string OneOf(IConfiguration configuration, string name, params string[] values)
    {
        var given = Given(configuration, name) ?? values[0];
        return values.Contains(given) ? given : throw new OptionException($"--{name} takes one of {string.Join(", ", values)}.");
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year is >= 2000 and < 2100 ? time : null;

    private static bool IsOrigin(string? url) => url is null || (Uri.TryCreate(url, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https");

    /// <summary>Addresses to listen on. A free port can only be picked for an address, not for a name that may mean several.</summary>
    private static bool AreAddresses(string? urls) => Array.TrueForAll(Split(urls), url =>
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.PathBase.Length == 0 && !(address.Port == 0 && address.Host == "localhost");
        }
        catch (FormatException)
        {
            return false;
        }
    });

    private static IEnumerable<int> Ports(string? urls) => Split(urls).Select(url => BindingAddress.Parse(url).Port).Where(port => port != 0);

    private static bool AreLoopback(string? urls) => Array.TrueForAll(Split(urls), url => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback);

    private void Check()
    {
        const string addresses = "addresses such as http://127.0.0.1:5000, with a semicolon between them; port 0 needs a number for a host";
        const string anOrigin = "an origin such as https://sandbox.example";
        Require(Now is null || Time(Now) is not null, "--now takes a time such as 2026-11-22T15:00:00Z, of this century");
        Require(Users is >= 100 and <= 1_000_000, "--users takes a number from 100 to 1000000");
        Require(TokenLife >= 1, "--token-life takes a number of seconds above 0");
        Require(AreAddresses(Urls), $"--urls takes {addresses}");
        Require(AreAddresses(EuUrls), $"--eu-urls takes {addresses}");
        Require(EuUrls is null || !Ports(Urls).Intersect(Ports(EuUrls)).Any(), "--eu-urls takes ports that --urls does not: the port tells the regions apart");
        Require(IsOrigin(PublicUrl), $"--public-url takes {anOrigin}");
        Require(IsOrigin(EuPublicUrl), $"--eu-public-url takes {anOrigin}");
        Require(AreAddresses(AdminUrls), $"--admin-urls takes {addresses}");
        Require(AreLoopback(AdminUrls), "--admin-urls must be loopback addresses: the admin endpoint has no sign-in");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new OptionException(sentence + ".");
        }
    }
}
