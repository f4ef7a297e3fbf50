using System.Net;

namespace ClariBI.Sandbox.Tests;

public sealed class RestartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-restart-").FullName;

    [Fact]
    public async Task Grants_survive_a_restart_and_no_token_is_on_disk()
    {
        string clientId, access, refresh;
        await using (var first = SandboxServer.Start(folder, null, ("users", "100")))
        {
            var (id, tokens) = await new SandboxAccount(first.CreateClient(new() { AllowAutoRedirect = false })).SignInAsync();
            (clientId, access, refresh) = (id, tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);
        }

        await using var second = SandboxServer.Start(folder, null, ("users", "100"));
        var account = new SandboxAccount(second.CreateClient(new() { AllowAutoRedirect = false }));
        using var reply = await account.KnockAsync(access);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await account.RefreshAsync(clientId, refresh)).Status.ShouldBe(HttpStatusCode.OK);
        var saved = await File.ReadAllTextAsync(Path.Combine(folder, "grants.json"), TestContext.Current.CancellationToken);
        saved.ShouldNotContain(access);
        saved.ShouldNotContain(refresh);
    }

    [Fact]
    public async Task Grants_survive_a_restart_on_a_folder_that_cannot_be_written()
    {
        // A folder in the place of the file stops even root, whom permissions do not.
        Directory.CreateDirectory(Path.Combine(folder, "grants.json.new"));
        string access;
        await using (var first = SandboxServer.Start(folder, null, ("users", "100")))
        {
            access = (await new SandboxAccount(first.CreateClient(new() { AllowAutoRedirect = false })).SignInAsync()).Tokens.GetProperty("access_token").GetString()!;
        }

        await using var second = SandboxServer.Start(folder, null, ("users", "100"));
        using var reply = await new SandboxAccount(second.CreateClient(new() { AllowAutoRedirect = false })).KnockAsync(access);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        File.Exists(Path.Combine(folder, "grants.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Data_of_someones_own_is_used_and_left_alone()
    {
        var organisation = """{"user":{"name":"A","email":"a@b.example"},"organisations":[{"id":"own","name":"Own","projects":[{"id":"7","name":"Shop","timeZone":"Europe/Berlin"}]}]}""";
        await File.WriteAllTextAsync(Path.Combine(folder, "org.json"), organisation, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(folder, "7.jsonl"),
        [
            """{"event_type":"Order","event_time":"2026-11-21 23:30:00.000000","user_id":"b","amplitude_id":2,"event_properties":{"tags":["new","gift"],"price":12.5},"user_properties":{}}""",
            """{"event_type":"Order","event_time":"2026-11-20 10:00:00.000000","user_id":"a","amplitude_id":1,"event_properties":{"tags":["gift"],"odd \"name'":"x"},"user_properties":{"vip":true}}""",
            """{"event_type":"View","event_time":"2026-11-20 09:00:00","user_id":"a","device_id":"d","amplitude_id":1,"extra":{"nested":1}}""",
        ], TestContext.Current.CancellationToken);

        await using var host = SandboxServer.Start(folder);
        await using var tools = await new SandboxAccount(host.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") })).ConnectAsync(organisation: "own");
        var orders = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"Order"}],"date_range":{"relative":"Last 3 Days"}}""", project: "7");
        var gifts = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"Order","where":[{"property":"tags","op":"set contains","values":["new"]}]}],"date_range":{"relative":"Last 3 Days"}}""", """, "timeSeriesLimit":0""", project: "7");
        var odd = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"Order"}],"group_by":[{"property":"odd \"name'"}],"date_range":{"relative":"Last 3 Days"}}""", """, "timeSeriesLimit":0""", project: "7");
        var newcomers = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"_new"}],"date_range":{"relative":"Last 3 Days"}}""", project: "7");

        // Half past eleven at night in UTC is the next day in Berlin.
        orders.ShouldBe(new SortedDictionary<string, double> { ["All Users|2026-11-20"] = 1, ["All Users|2026-11-21"] = 0, ["All Users|2026-11-22"] = 1 });
        gifts["All Users|Total"].ShouldBe(1);
        odd.ShouldBe(new SortedDictionary<string, double> { ["All Users|(none)|Total"] = 1, ["All Users|x|Total"] = 1 });
        newcomers["All Users|2026-11-20"].ShouldBe(1);
        (await File.ReadAllTextAsync(Path.Combine(folder, "org.json"), TestContext.Current.CancellationToken)).ShouldBe(organisation);
    }

    [Fact]
    public async Task The_same_day_gives_the_same_events()
    {
        var other = Directory.CreateTempSubdirectory("sandbox-restart-").FullName;
        try
        {
            foreach (var path in new[] { folder, other })
            {
                await using var host = SandboxServer.Start(path, null, ("users", "100"));
                _ = host.Server;
            }

            (await File.ReadAllBytesAsync(Path.Combine(folder, "100001.jsonl"), TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(other, "100001.jsonl"), TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
