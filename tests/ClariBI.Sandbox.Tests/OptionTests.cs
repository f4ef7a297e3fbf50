namespace ClariBI.Sandbox.Tests;

/// <summary>Options as they are written on a command line: an empty one is not given, a wrong one is named in one sentence.</summary>
public sealed class OptionTests : IAsyncDisposable
{
    private readonly DataFolder folder = new();

    [Fact]
    public async Task Empty_options_are_not_given()
    {
        folder.With("org.json", DataFolder.Organisation("")).With("7.jsonl", """{"event_type":"Order","event_time":"2026-11-21 10:00:00","user_id":"a"}""");
        string[] names = ["now", "users", "token-life", "public-url", "eu-urls", "eu-public-url", "admin-urls", "admin-port", "sample", "profile", "results", "replies", "protocol", "refresh"];

        await using var factory = SandboxServer.Start(folder.Path, null, [.. names.Select(name => (name, ""))]);

        using var http = factory.CreateClient();
        var metadata = await http.GetStringAsync("/.well-known/oauth-protected-resource", TestContext.Current.CancellationToken);
        metadata.ShouldContain("\"http://localhost");
    }

    [Theory]
    [InlineData("--now", "soon", "--now takes")]
    [InlineData("--now", "0001-01-01", "--now takes")]
    [InlineData("--users", "abc", "--users takes")]
    [InlineData("--users", "99", "--users takes")]
    [InlineData("--token-life", "1e9x", "--token-life takes")]
    [InlineData("--urls", "nonsense", "--urls takes")]
    [InlineData("--urls", "ftp://127.0.0.1:0", "--urls takes")]
    [InlineData("--urls", "http://localhost:0", "--urls takes")]
    [InlineData("--eu-urls", "http://127.0.0.1:0;nonsense", "--eu-urls takes")]
    [InlineData("--public-url", "nonsense", "--public-url takes")]
    [InlineData("--eu-public-url", "ftp://x", "--eu-public-url takes")]
    [InlineData("--eu-urls", "http://127.0.0.1:5000", "--eu-urls takes ports", "--urls", "http://127.0.0.1:5000")]
    [InlineData("--admin-urls", "http://127.0.0.1:0;http://0.0.0.0:0", "--admin-urls")]
    [InlineData("--admin-urls", "nonsense", "--admin-urls")]
    [InlineData("--admin-urls", "http://0.0.0.0:0", "--admin-urls")]
    [InlineData("--admin-port", "abc", "--admin-urls")]
    [InlineData("--profile", "gen9", "--profile takes one of gen3, gen2.")]
    public async Task A_wrong_option_is_named_in_one_sentence(string option, string value, string expected, params string[] more)
    {
        var (exitCode, errors) = await folder.RunAsync([option, value, .. more]);

        exitCode.ShouldBe(1);
        errors.ShouldStartWith(expected);
        errors.Trim().Split('\n').Length.ShouldBe(1, errors);
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
