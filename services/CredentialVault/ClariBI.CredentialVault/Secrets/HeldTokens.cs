using System.Text.Encodings.Web;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;

namespace ClariBI.CredentialVault.Secrets;

/// <summary>
/// <see cref="GrantTokens"/> as the vault holds them: the three secrets as bytes that are cleared, the rest as text. Read from
/// and written to the same JSON, without a string or an unpinned copy of a secret in between.
/// </summary>
internal sealed class HeldTokens : IDisposable
{
    private const int LongestText = 4000;
    private const int LongestSecret = 64 * 1024;
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required SecretText AccessToken { get; init; }

    public SecretText? RefreshToken { get; init; }

    public SecretText? ClientSecret { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Scope { get; init; }

    public string Issuer { get; init; } = "";

    public required string TokenEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }

    public string? Resource { get; init; }

    public required string ClientId { get; init; }

    public string ClientAuthentication { get; init; } = "none";

    public string GrantType { get; init; } = "authorization_code";

    /// <summary>RFC 6749 section 4.4: the client's own credentials are what renews the token.</summary>
    public bool IsServiceAccount => GrantType == "client_credentials";

    public bool CanRenew => RefreshToken is not null || IsServiceAccount;

    /// <summary>The host of the token endpoint, as people see it in sentences.</summary>
    public string Host => new Uri(TokenEndpoint).Host;

    /// <exception cref="JsonException">Not the JSON of complete <see cref="GrantTokens"/>. The message holds nothing of it.</exception>
    public static HeldTokens Parse(ReadOnlySpan<byte> json)
    {
        var secrets = new Dictionary<string, SecretText?>(StringComparer.Ordinal);
        try
        {
            var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
            DateTimeOffset? expiresAt = null;
            var reader = new Utf8JsonReader(json);
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                Expect(reader.Read());
                switch (name)
                {
                    case nameof(AccessToken) or nameof(RefreshToken) or nameof(ClientSecret):
                        Expect(secrets.TryAdd(name, SecretText.Read(ref reader)));
                        break;
                    case nameof(ExpiresAt):
                        expiresAt = reader.TokenType == JsonTokenType.Null ? null : ReadInstant(ref reader);
                        break;
                    default:
                        Expect(reader.TokenType is JsonTokenType.String or JsonTokenType.Null && texts.TryAdd(name, reader.GetString()));
                        break;
                }
            }

            Expect(reader.TokenType == JsonTokenType.EndObject);
            return Build(secrets, texts, expiresAt);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            foreach (var secret in secrets.Values)
            {
                secret?.Dispose();
            }

            // The reader's own message may quote the input.
            throw new JsonException("The tokens of the grant are not complete.");
        }
    }

    public void WriteTo(SecretBuffer buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, Writing);
        writer.WriteStartObject();
        Write(writer, nameof(AccessToken), AccessToken);
        Write(writer, nameof(RefreshToken), RefreshToken);
        Write(writer, nameof(ClientSecret), ClientSecret);
        if (ExpiresAt is { } expiresAt)
        {
            writer.WriteString(nameof(ExpiresAt), expiresAt);
        }

        writer.WriteString(nameof(Scope), Scope);
        writer.WriteString(nameof(Issuer), Issuer);
        writer.WriteString(nameof(TokenEndpoint), TokenEndpoint);
        writer.WriteString(nameof(RevocationEndpoint), RevocationEndpoint);
        writer.WriteString(nameof(Resource), Resource);
        writer.WriteString(nameof(ClientId), ClientId);
        writer.WriteString(nameof(ClientAuthentication), ClientAuthentication);
        writer.WriteString(nameof(GrantType), GrantType);
        writer.WriteEndObject();
    }

    /// <summary>The same grant with what the vendor gave now; nothing is shared with this instance.</summary>
    public HeldTokens Renewed(SecretText accessToken, SecretText? refreshToken, DateTimeOffset? expiresAt, string? scope) => new()
    {
        AccessToken = accessToken,

        // RFC 6749 section 6: an answer without a refresh token leaves the old one in force.
        RefreshToken = refreshToken ?? RefreshToken?.Clone(),
        ClientSecret = ClientSecret?.Clone(),
        ExpiresAt = expiresAt,
        Scope = string.IsNullOrEmpty(scope) ? Scope : scope,
        Issuer = Issuer,
        TokenEndpoint = TokenEndpoint,
        RevocationEndpoint = RevocationEndpoint,
        Resource = Resource,
        ClientId = ClientId,
        ClientAuthentication = ClientAuthentication,
        GrantType = GrantType,
    };

    public void Dispose()
    {
        AccessToken.Dispose();
        RefreshToken?.Dispose();
        ClientSecret?.Dispose();
    }

    private static HeldTokens Build(Dictionary<string, SecretText?> secrets, Dictionary<string, string?> texts, DateTimeOffset? expiresAt)
    {
        Expect(secrets.GetValueOrDefault(nameof(AccessToken)) is { Utf8.Length: > 0 });
        Expect(secrets.Values.All(secret => secret is null || secret.Utf8.Length <= LongestSecret));
        Expect(texts.Values.All(text => text is null || (text.Length <= LongestText && !text.Contains('\0', StringComparison.Ordinal))));
        var tokens = new HeldTokens
        {
            AccessToken = secrets[nameof(AccessToken)]!,
            RefreshToken = secrets.GetValueOrDefault(nameof(RefreshToken)) is { Utf8.Length: > 0 } refresh ? refresh : null,
            ClientSecret = secrets.GetValueOrDefault(nameof(ClientSecret)) is { Utf8.Length: > 0 } client ? client : null,
            ExpiresAt = expiresAt,
            Scope = texts.GetValueOrDefault(nameof(Scope)),
            Issuer = texts.GetValueOrDefault(nameof(Issuer)) ?? "",
            TokenEndpoint = texts.GetValueOrDefault(nameof(TokenEndpoint)) ?? "",
            RevocationEndpoint = texts.GetValueOrDefault(nameof(RevocationEndpoint)),
            Resource = texts.GetValueOrDefault(nameof(Resource)),
            ClientId = texts.GetValueOrDefault(nameof(ClientId)) ?? "",
            ClientAuthentication = texts.GetValueOrDefault(nameof(ClientAuthentication)) ?? "none",
            GrantType = texts.GetValueOrDefault(nameof(GrantType)) ?? "authorization_code",
        };
        Expect(IsAddress(tokens.TokenEndpoint) && (tokens.RevocationEndpoint is null || IsAddress(tokens.RevocationEndpoint)));
        Expect(tokens.ClientId.Length > 0);
        Expect(tokens.ClientAuthentication is "none" or "client_secret_post" or "client_secret_basic");
        Expect(tokens.GrantType is "authorization_code" or "client_credentials");
        return tokens;
    }

    private static DateTimeOffset ReadInstant(ref Utf8JsonReader reader)
    {
        Expect(reader.TryGetDateTimeOffset(out var instant));
        return instant.ToUniversalTime();
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    private static void Write(Utf8JsonWriter writer, string name, SecretText? secret)
    {
        if (secret is not null)
        {
            writer.WriteString(name, secret.Utf8);
        }
    }

    private static void Expect(bool fact)
    {
        if (!fact)
        {
            throw new JsonException();
        }
    }
}
