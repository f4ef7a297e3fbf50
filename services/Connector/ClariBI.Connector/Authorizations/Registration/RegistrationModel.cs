using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Authorizations.Registration;

internal static class RegistrationModel
{
    public static void AddClientRegistrations(this ModelBuilder model) => model.Entity<ClientRegistration>(registration =>
    {
        registration.HasKey(row => row.Id);
        registration.Property(row => row.Issuer).HasMaxLength(500);
        registration.Property(row => row.RedirectUri).HasMaxLength(500);
        registration.Property(row => row.Owner).HasMaxLength(100);
        registration.Property(row => row.Kind).HasConversion<string>().HasMaxLength(20);
        registration.Property(row => row.AuthenticationMethod).HasMaxLength(40);
        registration.HasIndex(row => new { row.Issuer, row.RedirectUri, row.Owner }).IsUnique();
    });
}
