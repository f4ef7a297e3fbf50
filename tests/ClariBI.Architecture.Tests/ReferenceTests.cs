using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace ClariBI.Architecture.Tests;

/// <summary>A module knows the contracts and the shared parts, never another module; the sandbox knows nobody.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Modules = ["ClariBI.Connector", "ClariBI.CredentialVault", "ClariBI.AnalysisPlanner", "ClariBI.Charts", "ClariBI.Gateway"];

    private static readonly string[] Shared = ["ClariBI.Contracts", "ClariBI.Data", "ClariBI.Messaging", "ClariBI.ServiceDefaults"];

    [Fact]
    public void Modules_reference_the_shared_parts_only()
    {
        foreach (var module in Modules)
        {
            References(module).Except(Shared).ShouldBeEmpty(module);
        }
    }

    [Fact]
    public void A_host_carries_one_module_only()
    {
        foreach (var module in Modules)
        {
            References($"{module}.Host").Except(Shared).ShouldBe([module]);
        }
    }

    [Fact]
    public void Contracts_reference_nothing() => References("ClariBI.Contracts").ShouldBeEmpty();

    [Fact]
    public void The_sandbox_shares_no_code_with_the_services() => References("ClariBI.Sandbox").ShouldBeEmpty();

    [Fact]
    public void Versions_are_kept_in_one_place()
    {
        foreach (var project in Projects())
        {
            XDocument.Load(project).Descendants("PackageReference").Where(package => package.Attribute("Version") is not null || package.Element("Version") is not null)
                .Select(package => package.Attribute("Include")!.Value).ShouldBeEmpty(project);
        }
    }

    [Fact]
    public void MassTransit_stays_on_the_open_source_line()
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Where(package => package.Attribute("Include")!.Value.StartsWith("MassTransit", StringComparison.Ordinal)).ToArray();
        versions.ShouldNotBeEmpty();
        versions.ShouldAllBe(package => package.Attribute("Version")!.Value.StartsWith("8.", StringComparison.Ordinal));
    }

    private static string[] References(string project) =>
    [
        .. XDocument.Load(Projects().Single(path => Path.GetFileNameWithoutExtension(path) == project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))),
    ];

    private static IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal));
}
