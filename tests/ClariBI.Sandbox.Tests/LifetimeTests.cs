using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Sandbox.Tests;

/// <summary>How long codes and tokens live, by a clock that can be moved.</summary>
public sealed class LifetimeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-lifetime-").FullName;
    private readonly MovedClock clock = new();
    private readonly SandboxFactory plain;
    private readonly WebApplicationFactory<Program> factory;
    private readonly SandboxAccount account;

    public LifetimeTests()
    {
        plain = SandboxServer.Start(folder, null, ("users", "100"), ("token-life", "600"));
        factory = plain.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)));
        account = new(factory.CreateClient(new() { AllowAutoRedirect = false }));
    }

    [Theory]
    [InlineData(58, HttpStatusCode.OK)]
    [InlineData(61, HttpStatusCode.BadRequest)]
    public async Task A_code_lives_sixty_seconds(int seconds, HttpStatusCode expected)
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        var code = (await account.DecideAsync(SandboxAccount.Request(clientId)))["code"];

        clock.Move(seconds);

        (await account.RedeemAsync(clientId, code)).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData(590, HttpStatusCode.OK)]
    [InlineData(601, HttpStatusCode.Unauthorized)]
    public async Task An_access_token_lives_as_long_as_the_option_says(int seconds, HttpStatusCode expected)
    {
        var (clientId, tokens) = await account.SignInAsync();

        clock.Move(seconds);

        using var reply = await account.KnockAsync(tokens.GetProperty("access_token").GetString());
        reply.StatusCode.ShouldBe(expected);
        tokens.GetProperty("expires_in").GetInt32().ShouldBe(600);
        (await account.RefreshAsync(clientId, tokens.GetProperty("refresh_token").GetString()!)).Status.ShouldBe(HttpStatusCode.OK);
    }

    public void Dispose()
    {
        factory.Dispose();
        plain.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan by;

        public void Move(int seconds) => by = TimeSpan.FromSeconds(seconds);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
