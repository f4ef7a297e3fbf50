using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Grants;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Vendor;
using ClariBI.Data;
using ClariBI.Messaging;
using ClariBI.Messaging.Outbox;
using ClariBI.ServiceDefaults.Outbound;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.CredentialVault;

/// <summary>Keeps what vendors granted: encrypted, refreshed here alone, leased for minutes, revoked on demand. It has no HTTP API.</summary>
public static class VaultModule
{
    internal const string Service = "vault";

    public static WebApplicationBuilder AddCredentialVault(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<VaultOptions>().BindConfiguration(VaultOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.AddServiceDatabase<VaultDbContext, SqliteVaultDbContext, PostgresVaultDbContext>(Service);
        builder.AddOutbox<VaultDbContext>();
        builder.Services.AddGuardedHttpClient(VendorTokenEndpoint.HttpClientName);
        builder.AddKeys();
        builder.Services.AddSingleton<Envelope>();
        builder.Services.AddSingleton<GrantCipher>();
        builder.Services.AddSingleton<VendorTokenEndpoint>();
        builder.Services.AddSingleton<RefreshGates>();
        builder.Services.AddSingleton<RefreshContext>();
        builder.Services.AddScoped<SealingKeys>();
        builder.Services.AddScoped<GrantRefresher>();
        builder.Services.AddScoped<GrantLeases>();
        return builder;
    }

    public static void AddCredentialVaultConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddServiceResponder<GetSealingKeyConsumer>(Service);
        bus.AddServiceResponder<StoreGrantConsumer>(Service);
        bus.AddServiceResponder<LeaseAccessTokenConsumer>(Service);
        bus.AddServiceResponder<RevokeGrantConsumer>(Service);
    }

    private static void AddKeys(this WebApplicationBuilder builder)
    {
        var uri = builder.Configuration[$"{VaultOptions.SectionName}:{nameof(VaultOptions.KeyVaultUri)}"];
        if (string.IsNullOrEmpty(uri))
        {
            builder.Services.AddSingleton<IKeyEncryptionKeys, KeyFile>();
            return;
        }

        builder.Services.AddSingleton(new SecretClient(new Uri(uri), new DefaultAzureCredential()));
        builder.Services.AddSingleton<IKeyEncryptionKeys, AzureKeyVaultKeys>();
    }
}
