using System.Net;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.OAuth;

internal static class ConsentPage
{
    public static IResult Render(AuthorizationRequest request, Client client, IReadOnlyList<Organisation> organisations)
    {
        var scopes = string.Concat(Scopes.Parse(request.Scope)!.Select(scope => $"<li>{Scopes.Describe(scope)}</li>"));
        var choices = string.Concat(organisations.Select((organisation, index) => $"""
            <label><input type="radio" name="organisation" value="{Encode(organisation.Id)}"{(index == 0 ? " checked" : "")}> {Encode(organisation.Name)}
            <small>{Encode(string.Join(", ", organisation.Projects.Select(project => project.Name)))}</small></label>
            """));
        return Pages.Html("Authorize access", $"""
            <p><strong>{Encode(client.Name)}</strong> asks to:</p><ul>{scopes}</ul>
            <form method="post" action="/authorize">
            {Hidden("client_id", request.ClientId)}{Hidden("redirect_uri", request.RedirectUri)}{Hidden("response_type", request.ResponseType)}
            {Hidden("scope", request.Scope)}{Hidden("state", request.State)}{Hidden("code_challenge", request.Challenge)}{Hidden("code_challenge_method", request.Method)}
            <fieldset><legend>Organisation</legend>{choices}</fieldset>
            <p class="buttons"><button class="allow" name="decision" value="allow">Allow</button>
            <button class="deny" name="decision" value="deny">Deny</button></p>
            </form>
            """);
    }

    private static string Hidden(string name, string? value) => value is null ? "" : $"""<input type="hidden" name="{name}" value="{Encode(value)}">""";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
