using ClariBI.CredentialVault;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("vault");
builder.AddInternalCallers("vault");
builder.AddCredentialVault();
builder.AddMessaging(bus => bus.AddCredentialVaultConsumers());

var app = builder.Build();
app.UseServiceDefaults();
app.MapCredentialVault();
await app.RunAsync();
