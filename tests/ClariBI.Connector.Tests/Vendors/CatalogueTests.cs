using ClariBI.Connector.Vendors;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Tests.Vendors;

/// <summary>Our own rows, and the order in which all are shown.</summary>
public sealed class CatalogueTests
{
    private static readonly string[] Categories =
    [
        "Product analytics", "Business intelligence", "Data platforms", "Observability", "Marketing", "Customers and support",
        "Projects and documents", "Development", "Commerce and payments", "Communication and automation", "Your own",
    ];

    private static readonly string[] WritingScopes = ["write", "admin", "manage", "create", "delete", "update", "full", "*"];

    private static readonly IReadOnlyList<Vendor> All = new VendorCatalogue(Options.Create(new ConnectorOptions()), null!).All;

    [Fact]
    public void Every_row_keeps_the_rules_without_any_address_opened() =>
        VendorRules.Broken(All, _ => false).ShouldBeEmpty();

    [Fact]
    public void There_are_at_least_32_vendors_besides_the_custom_server() =>
        All.Count(vendor => vendor.Id != "custom").ShouldBeGreaterThanOrEqualTo(32);

    [Fact]
    public void Every_category_is_a_known_one() => All.Select(vendor => vendor.Category).Distinct().ShouldBeSubsetOf(Categories);

    [Fact]
    public void No_scope_that_writes_is_asked_for()
    {
        foreach (var vendor in All)
        {
            vendor.Scopes.Where(scope => WritingScopes.Any(word => scope.Contains(word, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty(vendor.Id);
        }
    }

    [Fact]
    public void Names_initials_and_addresses_tell_vendors_apart()
    {
        All.Select(vendor => vendor.Name).ShouldBeUnique();
        All.Select(vendor => vendor.Summary).ShouldBeUnique();
        All.SelectMany(vendor => vendor.Regions).Select(region => region.Url).ShouldBeUnique();
        All.ShouldAllBe(vendor => vendor.Summary.EndsWith('.') && !vendor.Summary.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void Only_Amplitude_admits_tools_by_name() =>
        All.Where(vendor => vendor.Tools is not null).Select(vendor => vendor.Id).ShouldBe(["amplitude"]);

    [Fact]
    public void No_row_of_ours_may_clear_a_tool_whose_name_sounds_like_writing()
    {
        var amplitude = All[0];
        var clearing = amplitude with { Tools = amplitude.Tools! with { Cleared = ["get_amplitude_charts"] } };

        All.ShouldAllBe(vendor => vendor.Tools == null || vendor.Tools.Cleared == null);
        CatalogueFiles.WithoutClearance([.. All]).Count.ShouldBe(All.Count);
        Should.Throw<InvalidOperationException>(() => CatalogueFiles.WithoutClearance([clearing])).Message.ShouldContain("amplitude");
    }

    [Fact]
    public void Amplitude_comes_first_and_the_custom_server_last()
    {
        All[0].Id.ShouldBe("amplitude");
        All[^1].Id.ShouldBe("custom");
        var names = All.Skip(1).SkipLast(1).Select(vendor => vendor.Name).ToList();
        names.ShouldBe(names.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_custom_server_is_for_owners_and_asks_for_its_address()
    {
        var custom = All.Single(vendor => vendor.Id == "custom");

        custom.OwnerOnly.ShouldBeTrue();
        custom.Regions.ShouldBeEmpty();
        custom.UrlHint.ShouldNotBeNull();
    }

    [Fact]
    public void A_vendor_that_registers_no_clients_says_what_an_administrator_does() =>
        All.Where(vendor => vendor.Quirks.Registration == RegistrationKind.PreRegistered).ShouldAllBe(vendor => vendor.AdminStep != null);
}
