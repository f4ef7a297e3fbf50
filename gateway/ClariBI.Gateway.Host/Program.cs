using ClariBI.Gateway;
using ClariBI.Gateway.Routes;
using ClariBI.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("gateway");
builder.AddGateway();
builder.AddServiceRoutes();

var app = builder.Build();
app.UseGateway();
app.UseServiceDefaults();
app.MapServiceRoutes();
app.MapGateway();
await app.RunAsync();
