using System.Net;
using System.Text.Json;
using ClariBI.CredentialVault.Secrets;

namespace ClariBI.CredentialVault.Vendor;

/// <summary>
/// What a token endpoint answered (RFC 6749 sections 5.1 and 5.2), with the tokens as bytes. The body is read into memory that
/// is cleared and is never kept, logged or quoted.
/// </summary>
internal sealed class TokenAnswer : IDisposable
{
    private const int LongestBody = 256 * 1024;

    public required HttpStatusCode Status { get; init; }

    /// <summary>Null when the body is not a JSON object or has no code.</summary>
    public string? Error { get; private set; }

    public SecretText? AccessToken { get; private set; }

    public SecretText? RefreshToken { get; private set; }

    public string? Scope { get; private set; }

    public TimeSpan? Life { get; private set; }

    public TimeSpan? RetryAfter { get; private init; }

    /// <exception cref="IOException">The body broke off or is too large.</exception>
    public static async Task<TokenAnswer> ReadAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var retry = response.Headers.RetryAfter;
        var answer = new TokenAnswer
        {
            Status = response.StatusCode,
            RetryAfter = retry?.Delta ?? (retry?.Date - clock.GetUtcNow()),
        };
        using var body = new SecretBuffer(4096);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        int read;
        while ((read = await stream.ReadAsync(body.GetMemory(1024), cancellationToken)) > 0)
        {
            body.Advance(read);
            if (body.Written.Length > LongestBody)
            {
                throw new IOException("The vendor's answer is too large.");
            }
        }

        answer.Parse(body.Written.Span);
        return answer;
    }

    /// <summary>Hands the tokens over: they are no longer this answer's to clear.</summary>
    public (SecretText Access, SecretText? Refresh) Take()
    {
        var taken = (AccessToken!, RefreshToken);
        (AccessToken, RefreshToken) = (null, null);
        return taken;
    }

    public void Dispose()
    {
        AccessToken?.Dispose();
        RefreshToken?.Dispose();
    }

    private void Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                ReadField(ref reader, name);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half an answer is none: a cut-off body must not pass for a short token.
            Dispose();
            (AccessToken, RefreshToken, Error) = (null, null, null);
        }
    }

    private void ReadField(ref Utf8JsonReader reader, string? name)
    {
        switch (name)
        {
            case "access_token" when AccessToken is null:
                AccessToken = NotEmpty(SecretText.Read(ref reader));
                break;
            case "refresh_token" when RefreshToken is null:
                RefreshToken = NotEmpty(SecretText.Read(ref reader));
                break;
            case "error" when reader.TokenType == JsonTokenType.String:
                Error = reader.GetString();
                break;
            case "scope" when reader.TokenType == JsonTokenType.String:
                Scope = reader.GetString();
                break;
            case "expires_in":
                Life = ReadSeconds(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>A number, or a number in a string as some vendors have it; null when it says nothing sensible.</summary>
    private static TimeSpan? ReadSeconds(ref Utf8JsonReader reader)
    {
        double seconds = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                reader.TryGetDouble(out seconds);
                break;
            case JsonTokenType.String:
                double.TryParse(reader.GetString(), System.Globalization.CultureInfo.InvariantCulture, out seconds);
                break;
            default:
                reader.Skip();
                break;
        }

        return seconds is > 0 and < 400_000_000 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static SecretText? NotEmpty(SecretText? text) => text is { Utf8.Length: > 0 } ? text : null;
}
