using System.Diagnostics;
using System.Net.Mime;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.Connector.Authorizations.Discovery;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>Writes requests down while a doctor runs; at all other times it does nothing.</summary>
internal sealed partial class TraceHandler : DelegatingHandler
{
    private const int LongestRead = 64 * 1024;
    private const string SessionHeader = "Mcp-Session-Id";
    private static readonly string[] ToldOfChallenges = ["error", "scope", "resource_metadata"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (DoctorTrace.Current is not { } trace)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        KeepOut(trace, request);
        var what = await MethodAsync(request.Content, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues(SessionHeader, out var sessions))
            {
                sessions.ToList().ForEach(trace.KeepOut);
            }

            trace.Add(new TracedExchange(
                request.Method.Method, request.RequestUri!, Describe(request.RequestUri!), what, (int)response.StatusCode,
                response.Content.Headers.ContentType?.MediaType, Challenge(response), await ErrorAsync(response, cancellationToken),
                null, Stopwatch.GetElapsedTime(started)));
            return response;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            trace.Add(new TracedExchange(
                request.Method.Method, request.RequestUri!, Describe(request.RequestUri!), what, null, null, null,
                NetworkCauses.Word(exception), exception, Stopwatch.GetElapsedTime(started)));
            throw;
        }
    }

    /// <summary>An address without user information and fragment, its query by names only.</summary>
    public static string Describe(Uri address)
    {
        var names = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => $"{pair.Split('=')[0]}=…");
        var query = string.Join('&', names);
        return address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (query.Length > 0 ? $"?{query}" : "");
    }

    private static void KeepOut(DoctorTrace trace, HttpRequestMessage request)
    {
        trace.KeepOut(request.Headers.Authorization?.Parameter);
        if (request.Headers.TryGetValues(SessionHeader, out var sessions))
        {
            sessions.ToList().ForEach(trace.KeepOut);
        }
    }

    private static async Task<string> MethodAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content?.Headers.ContentType?.MediaType != MediaTypeNames.Application.Json || content.Headers.ContentLength > LongestRead)
        {
            return "";
        }

        await content.LoadIntoBufferAsync(cancellationToken);
        return Member(await content.ReadAsStringAsync(cancellationToken), "method") is { ValueKind: JsonValueKind.String } method && Word().IsMatch(method.GetString()!)
            ? method.GetString()!
            : "";
    }

    /// <summary>The code of a JSON-RPC or an OAuth error; never the words around it.</summary>
    private static async Task<string?> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != MediaTypeNames.Application.Json || !(response.Content.Headers.ContentLength <= LongestRead))
        {
            return null;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        return Member(await response.Content.ReadAsStringAsync(cancellationToken), "error") switch
        {
            { ValueKind: JsonValueKind.Object } error when error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number => code.GetRawText(),
            { ValueKind: JsonValueKind.String } error when Word().IsMatch(error.GetString()!) => error.GetString(),
            _ => null,
        };
    }

    private static string? Challenge(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var headers)
            || headers.Select(BearerChallenge.Parse).OfType<IReadOnlyDictionary<string, string>>().FirstOrDefault() is not { } parameters)
        {
            return null;
        }

        var told = ToldOfChallenges.Where(parameters.ContainsKey).Select(name =>
            $"{name}=\"{(Uri.TryCreate(parameters[name], UriKind.Absolute, out var address) ? Describe(address) : parameters[name])}\"");
        return $"Bearer {string.Join(", ", told)}".TrimEnd();
    }

    private static JsonElement? Member(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var member) ? member.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[A-Za-z_/.-]{1,60}$")]
    private static partial Regex Word();
}
