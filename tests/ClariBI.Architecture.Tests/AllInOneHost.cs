using ClariBI.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace ClariBI.Architecture.Tests;

/// <summary>Every module and the gateway in one process, as the all-in-one host puts them together.</summary>
public sealed class AllInOneHost : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder folder = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Internal:KeyFile", Path.Combine(folder.Path, "internal.key"));
        builder.UseSetting("Vault:KeyFile", Path.Combine(folder.Path, "vault.key"));
        builder.UseSetting("Database:Folder", folder.Path);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
