using System.Net;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.OAuth;
using ClariBI.Sandbox.Query;
using ClariBI.Sandbox.Tools;

namespace ClariBI.Sandbox;

/// <summary>What links in replies lead to. Only for those who are signed in, and only what belongs to their organisations.</summary>
internal sealed class SavedPages(Workspace workspace, Additions additions, ChartEdits edits, SignIns signIns, Regions regions)
{
    public IResult Edit(HttpContext context, string organisationId, string editId) => Opened(context, organisationId, organisation =>
        edits.Find(editId) is { } edit && Array.Exists(organisation.Projects, project => project.Id == edit.ProjectId)
            ? Pages.Html("Unsaved chart", $"<h2>{WebUtility.HtmlEncode(edit.Name)}</h2><pre>{WebUtility.HtmlEncode(edit.Definition.ToJsonString())}</pre>")
            : Pages.Html("Unsaved chart", "<p>This chart edit is gone: the sandbox keeps the last 1,000 edits, until it stops.</p>", StatusCodes.Status404NotFound));

    public IResult Saved(HttpContext context, string organisationId, string kind, string id) => Opened(context, organisationId, organisation =>
        organisation.Projects.Select(project => NameOf(project, kind, id)).OfType<string>().FirstOrDefault() is { } name
            ? Pages.Html(name, $"<p>The {kind} <code>{WebUtility.HtmlEncode(id)}</code> of the sandbox. Read it with the tool get_from_url.</p>")
            : Pages.Html("Not found", $"<p>{WebUtility.HtmlEncode(organisation.Name)} has no saved {kind} <code>{WebUtility.HtmlEncode(id)}</code>.</p>", StatusCodes.Status404NotFound));

    private IResult Opened(HttpContext context, string organisationId, Func<Organisation, IResult> show)
    {
        if (signIns.Of(context) is not { } account)
        {
            return Pages.Html("Sign in first", "<p>Connect an MCP client to this sandbox in this browser: that signs you in, and this address works.</p>", StatusCodes.Status401Unauthorized);
        }

        return workspace.OrganisationsOf(account, regions.Of(context)).Find(organisation => organisation.Id == organisationId) is { } organisation
            ? show(additions.Over(organisation))
            : Pages.Html("Not found", "<p>You belong to no such organization in this region.</p>", StatusCodes.Status404NotFound);
    }

    private static string? NameOf(Project project, string kind, string id) => kind switch
    {
        "chart" => Array.Find(project.Charts, item => item.Id == id)?.Name,
        "dashboard" => Array.Find(project.Dashboards, item => item.Id == id)?.Name,
        "notebook" => Array.Find(project.Notebooks, item => item.Id == id)?.Name,
        "cohort" => Array.Find(project.Cohorts, item => item.Id == id)?.Name,
        _ => Array.Find(project.Experiments, item => item.Id == id)?.Name,
    };
}
