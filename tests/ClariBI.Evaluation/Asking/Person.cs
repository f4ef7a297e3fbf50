using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClariBI.Evaluation.Asking;

/// <summary>Somebody with an account of the product and a browser that keeps cookies and follows no redirects.</summary>
internal sealed class Person : IDisposable
{
    private readonly HttpClient browser;

    private Person(Uri product) => browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = product,
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>The first visitor: makes an account and a workspace.</summary>
    public static async Task<Person> RegisterAsync(Uri product, CancellationToken ct)
    {
        var person = new Person(product);
        await person.SendAsync(
            HttpMethod.Post, "/api/accounts",
            new { email = "analyst@evaluation.example", password = "a long enough password", displayName = "Analyst", workspaceName = "Evaluation" }, ct);
        return person;
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    /// <summary>Follows a link from elsewhere; where it leads does not matter.</summary>
    public async Task OpenAsync(Uri address, CancellationToken ct)
    {
        using var response = await browser.GetAsync(address, ct);
    }

    public void Dispose() => browser.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await browser.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode ? Parse(text) : throw new RefusedException($"{method} {path}", response.StatusCode, text);
    }

    private static JsonElement Parse(string text)
    {
        if (text.Length == 0)
        {
            return default;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

/// <summary>The product answered with a problem.</summary>
internal sealed class RefusedException(string request, HttpStatusCode status, string body) : Exception($"{request}: HTTP {(int)status} {body}")
{
    /// <summary>The problem's stable name; null where the body is no problem document.</summary>
    public string? Type { get; } = Property(body, "type");

    public string Words { get; } = $"{Property(body, "title") ?? body} {Property(body, "detail")}".TrimEnd();

    private static string? Property(string body, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
