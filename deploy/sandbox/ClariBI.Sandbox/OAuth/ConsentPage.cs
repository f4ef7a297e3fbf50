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
            {who}<p><strong>{Encode(client.Name)}</strong> asks to:</p><ul>{scopes}</ul>
            {Form(request, $"<fieldset><legend>Organization</legend>{choices}</fieldset>", """<button class="allow" name="decision" value="allow">Allow</button>""")}
            """);
    }

    private static string Form(AuthorizationRequest request, string choices, string allow) => $"""
        <form method="post" action="/authorize">{request.HiddenFields()}{choices}
        <p class="buttons">{allow}<button class="deny" name="decision" value="deny">Deny</button></p></form>
        """;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
