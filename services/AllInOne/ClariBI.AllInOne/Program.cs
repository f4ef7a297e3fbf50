using ClariBI.AnalysisPlanner;
using ClariBI.Charts;
using ClariBI.Connector;
using ClariBI.CredentialVault;
using ClariBI.Gateway;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("claribi");
builder.AddGateway().AddConnector().AddCredentialVault().AddPlanner().AddCharts();
builder.AddMessaging(bus =>
{
    bus.AddConnectorConsumers();
    bus.AddCredentialVaultConsumers();
    bus.AddPlannerConsumers();
    bus.AddChartsConsumers();
});

var app = builder.Build();
app.UseGateway();
app.UseServiceDefaults();
app.MapConnector();
app.MapCredentialVault();
app.MapPlanner();
app.MapCharts();
app.MapGateway();
await app.RunAsync();
