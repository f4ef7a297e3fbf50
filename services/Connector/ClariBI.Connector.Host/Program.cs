using ClariBI.Connector;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("connector");
builder.AddInternalCallers("connector");
builder.AddConnector();
builder.AddMessaging(bus => bus.AddConnectorConsumers());

var app = builder.Build();
app.UseServiceDefaults();
app.MapConnector();
await app.RunAsync();
