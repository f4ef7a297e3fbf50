using ClariBI.Charts;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("charts");
builder.AddInternalCallers("charts");
builder.AddCharts();
builder.AddMessaging(bus => bus.AddChartsConsumers());

var app = builder.Build();
app.UseServiceDefaults();
app.MapCharts();
await app.RunAsync();
