using System.Net;
using System.Text.RegularExpressions;

namespace ClariBI.Evaluation.Asking;

/// <summary>What a person does on the sandbox's sign-in and consent pages.</summary>
internal static partial class ConsentPages
{
    /// <returns>Where the sandbox sends the browser.</returns>
    public static async Task<Uri> AllowAsync(Uri authorize, FolderProject project, CancellationToken ct)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var signIn = Fields(await browser.GetStringAsync(authorize, ct));
        signIn["account"] = project.Account;
        var consent = Fields(await browser.GetStringAsync(await PostAsync(browser, new Uri(authorize, "/sign-in"), signIn, ct), ct));
        consent["organisation"] = project.OrganisationId;
        consent["decision"] = "allow";
        return await PostAsync(browser, new Uri(authorize, "/authorize"), consent, ct);
    }

    private static async Task<Uri> PostAsync(HttpClient browser, Uri page, Dictionary<string, string> fields, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var response = await browser.PostAsync(page, form, ct);
        return response.Headers.Location is { } next
            ? new Uri(page, next)
            : throw new EvaluationException($"{page} did not go on: HTTP {(int)response.StatusCode}.");
    }

    private static Dictionary<string, string> Fields(string page) =>
        Hidden().Matches(page).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}
