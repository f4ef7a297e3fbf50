using System.Net;
using System.Text;
using System.Text.Json;
using ClariBI.Connector.Data;
using ClariBI.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Authorizations;

public sealed class RegistrationTests : IAsyncLifetime
{
    private const string Document = "https://claribi.example/oauth/client-metadata.json";
    private RuleHost host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync(
        ("Connector:ClientMetadataUrl", Document),
        ("Connector:Clients:0:Vendor", "byhand"), ("Connector:Clients:0:ClientId", "ours"), ("Connector:Clients:0:ClientSecret", "s e:cret"),
        ("Connector:Clients:0:Issuer", "{url}"),
        ("Connector:Clients:1:Vendor", "silent"), ("Connector:Clients:1:ClientId", "of-the-operator"), ("Connector:Clients:1:ClientSecret", "word-of-the-operator"));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_registration_says_what_ClariBI_is()
    {
        Vendor.Challenge = "Bearer scope=\"basic\"";
        await host.QueryAsync(host.Connector.A());

        var sent = Vendor.To("/register").Single().Json!;
        ((string?)sent["application_type"]).ShouldBe("web");
        sent["grant_types"]!.AsArray().Select(type => (string?)type).ShouldBe(["authorization_code", "refresh_token"]);
        ((string?)sent["redirect_uris"]![0]).ShouldBe("http://localhost:8080/api/oauth/callback");
        ((string?)sent["token_endpoint_auth_method"]).ShouldBe("client_secret_post");
        ((string?)sent["scope"]).ShouldBe("basic");
    }

    [Fact]
    public async Task A_server_that_reads_metadata_documents_is_told_the_address_and_sent_no_secret()
    {
        Vendor.OnMetadata = metadata =>
        {
            metadata["client_id_metadata_document_supported"] = true;
            metadata["token_endpoint_auth_methods_supported"] = new System.Text.Json.Nodes.JsonArray("client_secret_basic");
        };

        await host.AuthorizeAsync(host.Connector.A());

        Vendor.Registrations.ShouldBe(0);
        var sent = Vendor.To("/token").Single();
        sent.Authorization.ShouldBeNull();
        sent.Values["client_id"].ShouldBe(Document);
        sent.Values.ShouldNotContainKey("client_secret");
    }

    [Fact]
    public async Task The_metadata_document_is_public_and_names_itself()
    {
        using var client = host.Connector.ClientFor(null);
        using var response = await client.GetAsync(new Uri("/oauth/client-metadata.json", UriKind.Relative), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.Public.ShouldBeTrue();
        var document = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Ct));
        document.GetProperty("client_id").GetString().ShouldBe(Document);
        document.GetProperty("client_name").GetString().ShouldBe("ClariBI");
        document.GetProperty("redirect_uris")[0].GetString().ShouldBe("http://localhost:8080/api/oauth/callback");
        document.GetProperty("token_endpoint_auth_method").GetString().ShouldBe("none");
    }

    [Fact]
    public async Task A_client_of_the_configuration_comes_before_every_other()
    {
        Vendor.OnMetadata = metadata => metadata["client_id_metadata_document_supported"] = true;

        await host.AuthorizeAsync(host.Connector.A(), "byhand");

        Vendor.Registrations.ShouldBe(0);

        // RFC 6749 section 2.3.1: each part is encoded before the two are joined; post is preferred where the server takes it.
        var sent = Vendor.To("/token").Single();
        (sent.Values["client_id"], sent.Values["client_secret"]).ShouldBe(("ours", "s e:cret"));
    }

    [Fact]
    public async Task A_client_of_the_configuration_without_an_issuer_is_not_for_an_address_that_somebody_typed()
    {
        await host.AuthorizeAsync(host.Connector.A(), "silent");

        Vendor.To("/token").Single().Values["client_id"].ShouldBe("client-1");
        Vendor.Requests.ShouldAllBe(request => !request.Values.ContainsValue("word-of-the-operator"));
    }

    [Fact]
    public async Task A_client_that_a_person_gives_is_kept_for_the_workspace_and_for_no_other()
    {
        var person = host.Connector.A();
        Vendor.OnMetadata = metadata => metadata["token_endpoint_auth_methods_supported"] = new System.Text.Json.Nodes.JsonArray("client_secret_basic");

        await host.AuthorizeAsync(person, client: new { id = "given", secret = "theirs" });
        (await host.QueryAsync(person))["client_id"].ShouldBe("given");
        (await host.QueryAsync(host.Connector.A(workspace: person.Caller.WorkspaceId)))["client_id"].ShouldBe("given");
        (await host.QueryAsync(host.Connector.A()))["client_id"].ShouldBe("client-1");

        Vendor.To("/token").Single().Authorization.ShouldBe($"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes("given:theirs"))}");
    }

    [Fact]
    public async Task A_client_that_nobody_has_proven_is_used_for_its_own_attempt_alone_and_given_by_owners_alone()
    {
        var person = host.Connector.A();
        (await host.QueryAsync(person, client: new { id = "typo" }))["client_id"].ShouldBe("typo");
        (await host.QueryAsync(person))["client_id"].ShouldBe("client-1");

        var member = host.Connector.A(workspace: person.Caller.WorkspaceId, role: "member");
        var (status, problem) = await host.StartAsync(member, client: new { id = "typo" });
        (status, problem.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.Forbidden, "owner-only"));
    }

    [Fact]
    public async Task Without_any_way_to_register_a_client_is_asked_for()
    {
        Vendor.OnMetadata = metadata => metadata.Remove("registration_endpoint");

        var (status, problem) = await host.StartAsync(host.Connector.A());

        status.ShouldBe(HttpStatusCode.BadGateway);
        problem.GetProperty("type").GetString().ShouldBe("client-needed");
        problem.GetProperty("detail").GetString()!.ShouldContain("http://localhost:8080/api/oauth/callback");
    }

    [Theory]
    [InlineData("""{"client_id":"c","token_endpoint_auth_method":"client_secret_post"}""", "no secret")]
    [InlineData("""{"client_id":"c","token_endpoint_auth_method":"private_key_jwt"}""", "private_key_jwt")]
    [InlineData("""{"token_endpoint_auth_method":"none"}""", "no client id")]
    [InlineData("<html>", "not JSON")]
    public async Task An_answer_that_cannot_be_used_is_refused_at_once(string answer, string said)
    {
        Vendor.Answers["POST /register"] = context => context.Response.WriteAsync(answer);

        var (_, problem) = await host.StartAsync(host.Connector.A());

        problem.GetProperty("type").GetString().ShouldBe("vendor-registration-failed", problem.ToString());
        problem.GetProperty("detail").GetString()!.ShouldContain(said);
        using var scope = host.Connector.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<SqliteConnectorDbContext>().ClientRegistrations.CountAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Two_starts_at_once_register_once()
    {
        Vendor.Answers["POST /register"] = async context =>
        {
            // Until everybody has come as far as to need a client.
            await Eventually.GetAsync(
                () => Task.FromResult(Vendor.To("/.well-known/oauth-authorization-server").Count), seen => seen >= 6, TimeSpan.FromSeconds(4));
            await context.Response.WriteAsJsonAsync(new { client_id = "slow" });
        };

        var starts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.QueryAsync(host.Connector.A())));

        starts.ShouldAllBe(query => query["client_id"] == "slow");
        Vendor.To("/register").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_that_fails_leaves_the_next_one_free()
    {
        var works = Vendor.Answers["POST /register"];
        Vendor.Answers["POST /register"] = context => RuleVendor.RefuseAsync(context, 400, "invalid_redirect_uri");
        var (_, problem) = await host.StartAsync(host.Connector.A());
        problem.GetProperty("detail").GetString()!.ShouldContain("invalid_redirect_uri");

        Vendor.Answers["POST /register"] = works;

        (await host.ProblemAsync(host.Connector.A())).ShouldBeNull();
    }

    [Fact]
    public async Task A_secret_that_expires_soon_is_registered_anew()
    {
        var soon = host.Connector.Clock.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds();
        Vendor.Answers["POST /register"] = context => context.Response.WriteAsJsonAsync(
            new { client_id = "c", client_secret = "s", token_endpoint_auth_method = "client_secret_post", client_secret_expires_at = soon });
        await host.QueryAsync(host.Connector.A());
        await host.QueryAsync(host.Connector.A());
        Vendor.To("/register").Count.ShouldBe(1);

        host.Connector.Clock.Forward(TimeSpan.FromMinutes(25));
        await host.QueryAsync(host.Connector.A());

        Vendor.To("/register").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Another_issuer_never_sees_the_client_of_the_first()
    {
        await using var second = await RuleVendor.StartAsync();
        second.Answers["POST /register"] = context => context.Response.WriteAsJsonAsync(new { client_id = "of-the-second", token_endpoint_auth_method = "none" });
        (await host.QueryAsync(host.Connector.A()))["client_id"].ShouldBe("client-1");
        Vendor.Publish("/.well-known/oauth-protected-resource/mcp", () => new()
        {
            ["resource"] = Vendor.Server,
            ["authorization_servers"] = new System.Text.Json.Nodes.JsonArray(second.Url),
        });

        await host.AuthorizeAsync(host.Connector.A());

        second.To("/register").Count.ShouldBe(1);
        second.To("/token").Single().Values["client_id"].ShouldBe("of-the-second");
    }

    [Theory]
    [InlineData(400, "invalid_grant", 1)]
    [InlineData(401, "invalid_client", 2)]
    [InlineData(400, "invalid_client", 2)]
    [InlineData(503, "invalid_client", 1)]
    public async Task After_an_attempt_that_never_came_back_the_client_is_tried_first(int status, string error, int registrations)
    {
        var person = host.Connector.A();
        await host.QueryAsync(person);
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(11));
        Vendor.Answers["POST /token"] = context => RuleVendor.RefuseAsync(context, status, error);

        var (_, started) = await host.StartAsync(person);

        Vendor.Registrations.ShouldBe(registrations);
        started.GetProperty("suspect").GetBoolean().ShouldBe(registrations == 1);
        var probe = Vendor.To("/token").Single().Values;
        probe["grant_type"].ShouldBe("refresh_token");
        probe["client_id"].ShouldBe("client-1");
    }

    [Fact]
    public async Task A_client_that_was_given_a_token_is_above_suspicion()
    {
        var person = host.Connector.A();
        await host.QueryAsync(person);
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(11));
        await host.AuthorizeAsync(person);
        Vendor.To("/token").Count.ShouldBe(2);

        var (_, started) = await host.StartAsync(person);

        started.GetProperty("suspect").GetBoolean().ShouldBeFalse();
        Vendor.To("/token").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Cancelling_on_the_consent_page_makes_the_client_suspect()
    {
        var person = host.Connector.A();
        var (_, first) = await host.StartAsync(person);
        await person.SendAsync(HttpMethod.Delete, $"/api/authorizations/{first.GetProperty("id").GetString()}");

        (await host.StartAsync(person)).Body.GetProperty("suspect").GetBoolean().ShouldBeTrue();

        (await host.StartAsync(person, startOver: true)).Body.GetProperty("suspect").GetBoolean().ShouldBeFalse();
        Vendor.Registrations.ShouldBe(2);
    }

    [Fact]
    public async Task A_client_from_before_there_were_kinds_is_a_registered_one()
    {
        await host.QueryAsync(host.Connector.A());
        using var scope = host.Connector.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<SqliteConnectorDbContext>();
        await db.Database.ExecuteSqlRawAsync("UPDATE ClientRegistrations SET Kind = ''", Ct);

        (await host.QueryAsync(host.Connector.A()))["client_id"].ShouldBe("client-1");

        (await db.ClientRegistrations.AsNoTracking().SingleAsync(Ct)).Kind.ShouldBe(Connector.Authorizations.Registration.ClientKind.Dynamic);
        Vendor.Registrations.ShouldBe(1);
    }

    [Fact]
    public async Task A_secret_is_not_readable_in_the_database()
    {
        Vendor.Answers["POST /register"] = context => context.Response.WriteAsJsonAsync(
            new { client_id = "c", client_secret = "word-of-the-vendor", token_endpoint_auth_method = "client_secret_post" });
        await host.QueryAsync(host.Connector.A());

        using var scope = host.Connector.Services.CreateScope();
        var stored = await scope.ServiceProvider.GetRequiredService<SqliteConnectorDbContext>().ClientRegistrations.SingleAsync(Ct);

        stored.SealedSecret.ShouldNotBeNull().ShouldNotContain("word-of-the-vendor");
    }
}
