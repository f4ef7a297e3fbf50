using Azure;
using Azure.Security.KeyVault.Secrets;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Tests.Keys;

public sealed class AzureKeyVaultKeysTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_key_wraps_on_while_the_Key_Vault_does_not_answer()
    {
        var (secrets, clock) = (new Secrets(), new ShiftedClock());
        var keys = new AzureKeyVaultKeys(secrets, Options.Create(new VaultOptions()), clock, NullLogger<AzureKeyVaultKeys>.Instance);
        secrets.IsAway = true;
        await Should.ThrowAsync<RequestFailedException>(async () => await keys.CurrentAsync(Ct));
        secrets.IsAway = false;
        var first = await keys.CurrentAsync(Ct);
        clock.Forward(TimeSpan.FromMinutes(6));
        secrets.IsAway = true;

        (await keys.CurrentAsync(Ct)).ShouldBe(first);
    }

    private sealed class Secrets : SecretClient
    {
        public bool IsAway { get; set; }

        public override Task<Response<KeyVaultSecret>> GetSecretAsync(
            string name, string? version = null, SecretContentType? outContentType = null, CancellationToken cancellationToken = default)
        {
            if (IsAway)
            {
                throw new RequestFailedException(503, "away");
            }

            var properties = SecretModelFactory.SecretProperties(name: name, version: "1");
            return Task.FromResult(Response.FromValue(SecretModelFactory.KeyVaultSecret(properties, Convert.ToBase64String(new byte[32])), null!));
        }
    }
}
