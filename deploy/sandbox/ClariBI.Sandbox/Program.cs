using ClariBI.Sandbox;
using ClariBI.Sandbox.Admin;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.OAuth;

WebApplication app;
try
{
    app = WebApplication.CreateBuilder(args).AddSandbox().Build();
    await app.Services.GetRequiredService<Workspace>().OpenAsync(app.Lifetime.ApplicationStopping);
}
catch (Exception problem) when (problem is OptionException or DataFolderException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}

app.UseMiddleware<RequestRecording>();
app.UseMiddleware<OwnHosts>();
app.UseMiddleware<FaultGate>();
app.MapOAuth();
app.UseMiddleware<BearerGate>();
app.UseMiddleware<McpCheck>();
app.UseMiddleware<McpFaultGate>();
app.UseMiddleware<EndedSession>();
app.UseMiddleware<ReplyForm>();
app.MapAmplitudeMcp();
app.MapPages();
await app.RunAsync();
return 0;
