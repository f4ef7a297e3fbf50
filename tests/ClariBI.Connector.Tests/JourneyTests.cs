using System.Net;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using MassTransit;

namespace ClariBI.Connector.Tests;

public sealed class JourneyTests(ConnectorHost host) : IClassFixture<ConnectorHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_authorized_named_asked_and_disconnected()
    {
        var person = host.A();

        var authorization = await person.AuthorizeAsync();

        authorization.GetProperty("status").GetString().ShouldBe("authorized", authorization.ToString());
        authorization.GetProperty("account").GetProperty("organization").GetString().ShouldBe("Acme");
        authorization.GetProperty("tools").GetProperty("allowed").GetInt32().ShouldBe(3);
        authorization.GetProperty("tools").GetProperty("refused").GetInt32().ShouldBe(3);

        var (status, source) = await person.FinishAsync(authorization, "Acme app");
        status.ShouldBe(HttpStatusCode.Created, source.ToString());
        source.GetProperty("state").GetString().ShouldBe("connected");
        source.GetProperty("project").GetProperty("timeZone").GetString().ShouldBe("Europe/Prague");
        source.GetProperty("sandbox").GetBoolean().ShouldBeTrue();
        var id = source.GetProperty("id").GetGuid();

        var answer = await host.AskAsync<CallTool, ToolCallCompleted, ToolCallFailed>(
            new CallTool(person.Caller.WorkspaceId, id, "query_amplitude_data", """{"projectId":"100001"}""", null, "Ada", TimeSpan.FromSeconds(10)), Ct);
        answer.Is(out Response<ToolCallCompleted>? completed).ShouldBeTrue();
        completed!.Message.Text.ShouldBe("""{"success":true}""");
        completed.Message.DataSource.Name.ShouldBe("Acme app");

        var (disconnected, body) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect");
        disconnected.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("state").GetString().ShouldBe("disconnected");
        body.GetProperty("disconnectNote").GetString()!.ShouldContain("confirmed");
        body.GetProperty("writesSent").GetInt32().ShouldBe(0);
        host.Vendor.AccessTokens.ShouldBeEmpty();
        host.Vendor.RefreshTokens.ShouldBeEmpty();

        var (deleted, _) = await person.SendAsync(HttpMethod.Delete, $"/api/data-sources/{id}");
        deleted.ShouldBe(HttpStatusCode.NoContent);
    }
}
