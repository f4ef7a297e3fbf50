using System.Net;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.OAuth;

internal static class ConsentPage
{
    public static IResult Render(AuthorizationRequest request, Client client, Account account, IReadOnlyList<Organisation> organisations, string region)
    {
        var who = $"""
            <p>Signed in as <strong>{Encode(account.Name)}</strong> ({Encode(account.Email)}).
            Not you? <a href="{Encode(request.Path("select_account"))}">Use another account</a></p>
            """;
        if (organisations.Count == 0)
        {
            return Pages.Html("Authorize access", $"""{who}<p>This account belongs to no organization in the {region.ToUpperInvariant()} region.</p>{Form(request, "", "")}""");
        }

        var scopes = string.Concat(Scopes.Parse(request.Scope)!.Select(scope => $"<li>{Scopes.Describe(scope)}</li>"));
        var choices = string.Concat(organisations.Select((organisation, index) => $"""
            <label><input type="radio" name="organisation" value="{Encode(organisation.Id)}"{(index == 0 ? " checked" : "")}> {Encode(organisation.Name)}
            <small>{Encode(string.Join(", ", organisation.Projects.Select(project => project.Name)))}</small></label>
            """));
        return Pages.Html("Authorize access", $"""
            {who}<p><strong><bdi>{Encode(client.Name)}</bdi></strong> asks to:</p><ul>{scopes}</ul>
            <p>You will be sent to <bdi>{Encode(Destination(request))}</bdi>.</p>
            {Form(request, $"<fieldset><legend>Organization</legend>{choices}</fieldset>", """<button class="allow" name="decision" value="allow">Allow</button>""")}
            """);
    }

    private static string Form(AuthorizationRequest request, string choices, string allow) => $"""
        <form method="post" action="/authorize">{request.HiddenFields()}{choices}
        <p class="buttons">{allow}<button class="deny" name="decision" value="deny">Deny</button></p></form>
        """;

    /// <summary>Host and port, or the scheme of an app.</summary>
    private static string Destination(AuthorizationRequest request) => new Uri(request.RedirectUri) is var uri && uri.Scheme is "http" or "https" ? uri.Authority : uri.Scheme + ":";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
