using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Grants;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Revocations;
using ClariBI.CredentialVault.Rotations;
using ClariBI.CredentialVault.Vendor;
using ClariBI.Data;
using ClariBI.Messaging;
using ClariBI.Messaging.Outbox;
using ClariBI.ServiceDefaults.OpenApi;
using ClariBI.ServiceDefaults.Outbound;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClariBI.CredentialVault;

/// <summary>
/// Keeps what vendors granted: encrypted, refreshed here alone, leased for minutes, revoked on demand. Credentials go over the
/// bus only; the HTTP API is about the keys that wrap them.
/// </summary>
public static class VaultModule
{
    internal const string Service = "vault";

    public static WebApplicationBuilder AddCredentialVault(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<VaultOptions>().BindConfiguration(VaultOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.AddServiceDatabase<VaultDbContext, SqliteVaultDbContext, PostgresVaultDbContext>(Service);
        builder.AddOutbox<VaultDbContext>();
        builder.AddServiceDocument(Service);
        builder.Services.AddValidation();
        builder.AddKeys();
        builder.Services.AddVendor();
        builder.Services.AddGrants();
        builder.Services.AddRotations();
        return builder;
    }

    public static void AddCredentialVaultConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddServiceResponder<GetSealingKeyConsumer>(Service);
        bus.AddServiceResponder<StoreGrantConsumer>(Service);
        bus.AddServiceResponder<LeaseAccessTokenConsumer>(Service);
        bus.AddServiceResponder<RevokeGrantConsumer>(Service);
        bus.AddServiceResponder<GetAccessLogConsumer>(Service);
    }

    public static RouteGroupBuilder MapCredentialVault(this IEndpointRouteBuilder endpoints)
    {
        var vault = endpoints.MapGroup("").WithGroupName(Service).WithTags("Credential vault").RequireAuthorization();
        vault.MapEncryptionKeys();
        return vault;
    }

    private static void AddKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Envelope>();
        builder.Services.AddScoped<SealingKeys>();
        var uri = builder.Configuration[$"{VaultOptions.SectionName}:{nameof(VaultOptions.KeyVaultUri)}"];
        if (string.IsNullOrEmpty(uri))
        {
            builder.Services.AddSingleton<IKeyEncryptionKeys, KeyFile>();
            return;
        }

        builder.Services.TryAddSingleton(_ => new SecretClient(new Uri(uri), new DefaultAzureCredential(), KeyVaultClient.Options()));
        builder.Services.AddSingleton<IKeyEncryptionKeys, AzureKeyVaultKeys>();
    }

    private static void AddVendor(this IServiceCollection services)
    {
        services.AddGuardedHttpClient(VendorHttp.ClientName);
        services.AddSingleton<VendorHttp>();
        services.AddSingleton<VendorBreakers>();
        services.AddSingleton<VendorTokenEndpoint>();
        services.AddSingleton<VendorRevocation>();
    }

    private static void AddGrants(this IServiceCollection services)
    {
        services.AddSingleton<GrantCipher>();
        services.AddSingleton<RefreshGates>();
        services.AddSingleton<RefreshContext>();
        services.AddScoped<GrantIntake>();
        services.AddScoped<GrantRefresher>();
        services.AddScoped<GrantRenewal>();
        services.AddScoped<GrantLeases>();
        services.AddHostedService<InterruptedRefreshes>();
        services.AddSingleton<RevocationContext>();
        services.AddScoped<PendingRevocations>();
        services.AddHostedService<RevocationRetries>();
        services.AddSingleton<AccessLogUpkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessLogUpkeep>());
    }

    private static void AddRotations(this IServiceCollection services)
    {
        services.AddScoped<WrappingKeys>();
        services.AddScoped<WrappedRows>();
        services.AddScoped<RotationStart>();
        services.AddScoped<KeyRotator>();
        services.AddSingleton<RotationContext>();
        services.AddHostedService<RotationWorker>();
    }
}
