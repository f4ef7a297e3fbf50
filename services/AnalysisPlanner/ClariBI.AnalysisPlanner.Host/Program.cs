using ClariBI.AnalysisPlanner;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("planner");
builder.AddInternalCallers("planner");
builder.AddPlanner();
builder.AddMessaging(bus => bus.AddPlannerConsumers());

var app = builder.Build();
app.UseServiceDefaults();
app.MapPlanner();
await app.RunAsync();
