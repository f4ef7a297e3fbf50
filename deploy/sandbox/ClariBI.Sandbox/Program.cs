using ClariBI.Sandbox;
using ClariBI.Sandbox.Admin;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.OAuth;

var builder = WebApplication.CreateBuilder(args);
builder.AddSandbox();

var app = builder.Build();
try
{
    await app.Services.GetRequiredService<Workspace>().OpenAsync(app.Lifetime.ApplicationStopping);
}
catch (DataFolderException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}

app.UseMiddleware<RequestRecording>();
app.UseMiddleware<FaultGate>();
app.MapOAuth();
app.UseMiddleware<BearerGate>();
app.MapAmplitudeMcp();
app.MapPages();
await app.RunAsync();
return 0;
