using ClariBI.Data;
using ClariBI.Gateway.Accounts;
using ClariBI.Gateway.Data;
using ClariBI.Gateway.Edge;
using ClariBI.Gateway.Sessions;
using ClariBI.Gateway.Spa;
using ClariBI.Gateway.Workspaces;
using ClariBI.ServiceDefaults.Internal;
using ClariBI.ServiceDefaults.OpenApi;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClariBI.Gateway;

/// <summary>The edge: accounts, workspaces, the session, rate limits and the SPA's files.</summary>
public static class GatewayModule
{
    private const string Document = "gateway";

    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.SectionName).ValidateDataAnnotations()
            .Validate(
                options => options.IsHttps || new Uri(options.PublicUrl).IsLoopback,
                "Gateway__PublicUrl must be https: without TLS the session cookie could be read on the way. Only localhost may be http.")
            .Validate(TrustedProxies.AreNetworks, "Gateway__TrustedProxies holds IP addresses or networks, for example 10.0.0.0/8.")
            .ValidateOnStart();
        services.AddValidation();
        builder.AddServiceDatabase<GatewayDbContext, SqliteGatewayDbContext, PostgresGatewayDbContext>("gateway");
        builder.AddServiceDocument(Document);
        services.AddScoped<SessionReader>();
        services.AddScoped<CreateAccountParts>();
        services.AddRateLimiter(Limits.Configure);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<GatewayOptions>>(TrustedProxies.Configure);
        services.AddIdentityCore<Account>(identity =>
        {
            // Length is what makes a password strong (NIST SP 800-63B, 5.1.1).
            identity.Password = new PasswordOptions
            {
                RequiredLength = 10,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
        }).AddEntityFrameworkStores<GatewayDbContext>();
        AddSessions(services);
        return builder;
    }

    /// <summary>Security headers, the check for foreign sites and the SPA's files. Call before the service defaults.</summary>
    public static WebApplication UseGateway(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<SameOrigin>();
        app.UseSpaFiles();
        return app;
    }

    /// <summary>The gateway's own endpoints, behind the rate limits. Call after the service defaults.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseRateLimiter();
        app.UseSpaPage();
        var api = app.MapGroup("/api").WithGroupName(Document).RequireAuthorization();
        api.MapGroup("/accounts").WithTags("Accounts").MapCreateAccount();

        var session = api.MapGroup("/session").WithTags("Session");
        session.MapReadSession();
        session.MapSignIn();
        session.MapSignOut();
        session.MapSwitchWorkspace();

        var workspaces = api.MapGroup("/workspaces").WithTags("Workspaces");
        workspaces.MapListWorkspaces();
        workspaces.MapCreateWorkspace();
        return app;
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddAuthentication(SessionCookie.Scheme).AddCookie(SessionCookie.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(SessionCookie.Scheme).Configure<IOptions<GatewayOptions>>(SessionCookie.Configure);
        services.AddDataProtection().SetApplicationName("claribi").PersistKeysToDbContext<GatewayDbContext>();
        services.AddOptions<KeyManagementOptions>()
            .Configure<InternalKey>((keys, internalKey) => keys.XmlEncryptor = new SessionKeyEncryptor(internalKey));
    }
}
