using System.Security.Claims;
using ClariBI.ServiceDefaults.Internal;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClariBI.ServiceDefaults.Callers;

/// <summary>
/// The short-lived token by which the gateway tells a service who calls: a JWT (RFC 7519), HS256 with a key derived from the
/// internal key, valid for one minute and for one service.
/// </summary>
public sealed class InternalTokens(InternalKey internalKey, TimeProvider clock)
{
    private const string Issuer = "claribi-gateway";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly SymmetricSecurityKey key = new(internalKey.Derive("internal-tokens"));

    /// <param name="audience">The service that may accept the token.</param>
    public string Issue(Caller caller, string audience)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var now = clock.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            Subject = new ClaimsIdentity(caller.ToClaims()),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.AddSeconds(-5).UtcDateTime,
            Expires = now.Add(Lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    internal TokenValidationParameters Validation(string audience) => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = audience,
        IssuerSigningKey = key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ClockSkew = TimeSpan.FromSeconds(15),
        NameClaimType = CallerClaims.Name,
        RoleClaimType = CallerClaims.Role,
        LifetimeValidator = (notBefore, expires, _, parameters) =>
            clock.GetUtcNow().UtcDateTime is var now
            && notBefore - parameters.ClockSkew <= now && expires + parameters.ClockSkew > now,
    };
}

public static class InternalCallersExtensions
{
    /// <summary>Accepts callers by the gateway's token only. For a service behind the gateway, in a process of its own.</summary>
    public static WebApplicationBuilder AddInternalCallers(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton<InternalTokens>();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<InternalTokens>((options, tokens) =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = tokens.Validation(service);
            });
        return builder;
    }
}
