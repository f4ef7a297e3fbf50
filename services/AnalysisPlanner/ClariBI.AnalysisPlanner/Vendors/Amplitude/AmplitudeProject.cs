using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.DataSources;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude;

/// <summary>One project of the connected account, and a way to ask it.</summary>
internal sealed class AmplitudeProject(VendorSession session, AmplitudeTools tools, string projectId)
{
    public AmplitudeTools Tools => tools;

    public string Id => projectId;

    public VendorSession Session => session;

    /// <summary>The data source names its project; an old one without a name means the account's default.</summary>
    public static async Task<AmplitudeProject> OpenAsync(VendorSession session, CancellationToken cancellationToken)
    {
        var tools = new AmplitudeTools(session.Tools);
        if (session.DataSource.ProjectId is { Length: > 0 } known)
        {
            return new AmplitudeProject(session, tools, known);
        }

        var context = AmplitudeTools.Require(tools.Context, "reading the account's projects");
        var reply = AmplitudeReply.Read(await session.CallAsync(context.Name, [], cancellationToken));
        var id = reply.Field("user").Field("defaultAppId").Text()
            ?? reply.Field("projects").Each().Select(project => project.Field("appId", "projectId", "id").Text()).FirstOrDefault(text => text is not null);
        return id is not null
            ? new AmplitudeProject(session, tools, id)
            : throw new PlannerProblemException(new PlannerProblem(
                "vendor-project-missing", "No Amplitude project.", "The connected account shows no project. Reconnect the data source and choose one."));
    }

    public async Task<JsonElement> AskAsync(AmplitudeTool tool, JsonObject arguments, CancellationToken cancellationToken) =>
        AmplitudeReply.Read(await session.CallAsync(tool.Name, arguments, cancellationToken));
}
