using System.Text;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Secrets;

namespace ClariBI.CredentialVault.Tests.Secrets;

public sealed class HeldTokensTests
{
    private static readonly GrantTokens Tokens = new(
        "access+/=\"\\é", "refresh\u0001", new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), "mcp:read", "https://issuer.test",
        "https://issuer.test/token", null, "https://mcp.test", "client", "s3cret&=", "client_secret_basic");

    [Fact]
    public void What_was_written_reads_the_same_by_either_reader()
    {
        using var read = HeldTokens.Parse(JsonSerializer.SerializeToUtf8Bytes(Tokens));
        using var written = new SecretBuffer(16);
        read.WriteTo(written);

        var again = JsonSerializer.Deserialize<GrantTokens>(written.Written.Span)!;
        again.ShouldBe(Tokens with { ExpiresAt = Tokens.ExpiresAt!.Value.ToUniversalTime() });
        using var third = HeldTokens.Parse(written.Written.Span);
        Encoding.UTF8.GetString(third.AccessToken.Utf8).ShouldBe(Tokens.AccessToken);
    }

    [Fact]
    public void Disposing_clears_every_secret_and_none_shows_as_text()
    {
        var tokens = HeldTokens.Parse(JsonSerializer.SerializeToUtf8Bytes(Tokens));
        var renewed = tokens.Renewed(new SecretText("next"u8), null, null, null);

        tokens.Dispose();

        foreach (var secret in new[] { tokens.AccessToken, tokens.RefreshToken!, tokens.ClientSecret! })
        {
            secret.Utf8.ToArray().ShouldAllBe(octet => octet == 0);
        }

        Encoding.UTF8.GetString(renewed.RefreshToken!.Utf8).ShouldBe(Tokens.RefreshToken, "the renewed tokens share no memory with the old ones");
        Encoding.UTF8.GetString(renewed.ClientSecret!.Utf8).ShouldBe(Tokens.ClientSecret);
        $"{renewed.AccessToken} {renewed}".ShouldNotContain("next");
        renewed.Dispose();
    }

    [Fact]
    public void A_buffer_that_grows_leaves_nothing_behind_and_is_empty_at_the_end()
    {
        var buffer = new SecretBuffer(4);
        var first = buffer.GetMemory();
        buffer.Write("abcd"u8);
        first.Span[..4].ToArray().ShouldBe("abcd"u8.ToArray());

        buffer.Write("efgh"u8);

        first.Span.ToArray().ShouldAllBe(octet => octet == 0);
        var second = buffer.Written;
        Encoding.ASCII.GetString(second.Span).ShouldBe("abcdefgh");
        buffer.Dispose();
        second.ToArray().ShouldAllBe(octet => octet == 0);
    }

    [Fact]
    public void Malformed_tokens_are_refused_without_being_quoted()
    {
        var refused = Should.Throw<JsonException>(() => HeldTokens.Parse("{\"AccessToken\":\"very-secret\",\"TokenEndpoint\":}"u8));

        refused.ToString().ShouldNotContain("very-secret");
    }
}
