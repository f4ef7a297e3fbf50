using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.OAuth;

/// <summary>The authorization endpoint: sign-in, then consent, then a code (or a refusal) to the client's redirect.</summary>
internal sealed class Authorization(GrantStore grants, CodeStore codes, SignIns signIns, Workspace workspace, Regions regions)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AddEndpointFilter((context, next) =>
        {
            Protect(context.HttpContext.Response);
            return next(context);
        });
        pages.MapGet("/authorize", (HttpContext context, Authorization authorization) => authorization.Ask(context));
        pages.MapPost("/authorize", (HttpContext context, Authorization authorization, CancellationToken cancellationToken) => authorization.DecideAsync(context, cancellationToken));
        pages.MapPost("/sign-in", (HttpContext context, Authorization authorization, CancellationToken cancellationToken) => authorization.SignInAsync(context, cancellationToken));
    }

    /// <summary>Nobody may frame the pages that ask for consent, nor keep them. Forms are let through: the answer redirects to the client.</summary>
    private static void Protect(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.XFrameOptions = "DENY";
        response.Headers.CacheControl = "no-store";
    }

    private IResult Ask(HttpContext context)
    {
        var query = context.Request.Query;
        var region = regions.Of(context);
        var request = AuthorizationRequest.From(name => query[name]);
        return request.Check(grants, region, out var client)
            ?? (signIns.Of(context) is { } account && query["prompt"] is not ["select_account" or "login"]
                ? ConsentPage.Render(request, client!, account, workspace.OrganisationsOf(account, region), region)
                : SignInPage.Render(request, client!, workspace.Accounts, region));
    }

    private async Task<IResult> SignInAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, cancellationToken) is not var (form, request))
        {
            return NotAForm();
        }

        var region = regions.Of(context);
        if (request.Check(grants, region, out var client) is { } refusal)
        {
            return refusal;
        }

        if (workspace.FindAccount(form["account"].ToString()) is not { } account)
        {
            return SignInPage.Render(request, client!, workspace.Accounts, region, StatusCodes.Status400BadRequest);
        }

        signIns.SignIn(context, account);
        context.Response.Headers.Location = request.Path();
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<IResult> DecideAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, cancellationToken) is not var (form, request))
        {
            return NotAForm();
        }

        var region = regions.Of(context);
        if (request.Check(grants, region, out var client) is { } refusal)
        {
            return refusal;
        }

        if (signIns.Of(context) is not { } account)
        {
            return SignInPage.Render(request, client!, workspace.Accounts, region, StatusCodes.Status401Unauthorized);
        }

        if (form["decision"] != "allow")
        {
            return request.Refuse("access_denied", "The user denied the request");
        }

        if (!workspace.OrganisationsOf(account, region).Exists(organisation => organisation.Id == form["organisation"]))
        {
            return request.Refuse("invalid_request", "No such organization");
        }

        return request.Redirect(new() { ["code"] = codes.Add(client!.Id, request, form["organisation"]!, account.Email) });
    }

    private static async Task<(IFormCollection Form, AuthorizationRequest Request)?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            return null;
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        return (form, AuthorizationRequest.From(name => form[name]));
    }

    private static IResult NotAForm() => Pages.Html("Cannot authorize", "<p>The answer was not sent as a form.</p>", StatusCodes.Status400BadRequest);
}
