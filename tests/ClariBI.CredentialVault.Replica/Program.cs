using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;
using MassTransit;

// The vault in a process of its own with a bus of its own, for tests that kill it. POST /lease passes a message on.
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("vault-replica");
builder.AddInternalCallers("vault");
builder.AddCredentialVault();
builder.AddMessaging(bus => bus.AddCredentialVaultConsumers());

var app = builder.Build();
app.UseServiceDefaults();
app.MapPost("/lease", async (LeaseAccessToken message, IBus bus) =>
    (await bus.CreateRequestClient<LeaseAccessToken>(RequestTimeout.After(s: 60)).GetResponse<AccessTokenLeased, LeaseRefused>(message)).Message)
    .AllowAnonymous();
await app.RunAsync();
