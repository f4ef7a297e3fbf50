using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Policy.Tests.Hosting;

/// <summary>Signs in at the sandbox and gives consent, as a person does in the browser.</summary>
internal static class Consent
{
    /// <returns>Where the browser is sent: the client's callback with the code.</returns>
    public static async Task<Uri> GiveAsync(Uri authorizeUrl)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var request = QueryHelpers.ParseQuery(authorizeUrl.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var page = await http.GetStringAsync(new Uri(QueryHelpers.AddQueryString(authorizeUrl.ToString(), "prompt", "select_account")));
        var account = page.Split("name=\"account\" value=\"")[1].Split('"')[0];
        using var signedIn = await http.PostAsync(new Uri(authorizeUrl, "/sign-in"), new FormUrlEncodedContent(new Dictionary<string, string>(request) { ["account"] = account }));
        using var decided = await http.PostAsync(
            new Uri(authorizeUrl, "/authorize"),
            new FormUrlEncodedContent(new Dictionary<string, string>(request) { ["decision"] = "allow", ["organisation"] = SandboxProcess.Organisation }));
        return decided.Headers.Location ?? throw new InvalidOperationException($"No redirect after consent: {decided.StatusCode}.");
    }
}
