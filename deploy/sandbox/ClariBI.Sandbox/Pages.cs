using System.Net;

namespace ClariBI.Sandbox;

internal static class Pages
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Html("Amplitude sandbox", """
            <p>This server stands in for Amplitude's hosted MCP server. Its data is generated: no account, no real users.</p>
            <p>The MCP endpoint is <code>/mcp</code>; sign-in is OAuth 2.1, discovered from there.</p>
            """));
        routes.MapGet("/health", () => TypedResults.Ok(new { status = "ok", product = "amplitude-sandbox" }));
        routes.MapGet("/analytics/{organisation}/chart/new/{editId}", (HttpContext context, string organisation, string editId, SavedPages pages) => pages.Edit(context, organisation, editId));
        routes.MapGet("/analytics/{organisation}/{kind:regex(^(chart|dashboard|notebook|cohort|experiment)$)}/{id}",
            (HttpContext context, string organisation, string kind, string id, SavedPages pages) => pages.Saved(context, organisation, kind, id));
    }

    public static IResult Html(string title, string body, int status = StatusCodes.Status200OK) => TypedResults.Content(
        $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{WebUtility.HtmlEncode(title)}}</title>
        <style>
        body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f3f4f8;color:#1b1d29}
        main{max-width:30rem;margin:3rem auto;padding:1.5rem 2rem;background:#fff;border:1px solid #d5d8e3;border-radius:12px;overflow-wrap:anywhere}
        .banner{background:#fff4d6;color:#4d3800;border-radius:8px;padding:.4rem .8rem;font-weight:600}
        fieldset{border:1px solid #d5d8e3;border-radius:8px;margin:1rem 0}label{display:block;padding:.3rem 0}
        small{color:#565b70;display:block;padding-left:1.6rem}
        .buttons{display:flex;gap:.75rem}button{font:inherit;font-weight:600;padding:.6rem 1.6rem;border-radius:8px;border:1px solid #1f3fd1;cursor:pointer}
        .account{display:block;width:100%;text-align:left;margin:.6rem 0;background:#fff;color:#1b1d29}.account small{padding:0;font-weight:400}
        .allow{background:#1f3fd1;color:#fff}.deny{background:#fff;color:#1f3fd1}
        </style></head>
        <body><main><p class="banner">Amplitude sandbox - sample data</p><h1>{{WebUtility.HtmlEncode(title)}}</h1>{{body}}</main></body></html>
        """, "text/html; charset=utf-8", null, status);
}
