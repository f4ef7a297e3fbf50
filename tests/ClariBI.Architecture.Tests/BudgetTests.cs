using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace ClariBI.Architecture.Tests;

/// <summary>Limits on size: a rule that nothing checks is not a rule.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void No_file_is_longer_than_300_lines_and_most_are_short()
    {
        var lengths = Repository.Sources.Select(file => file.Lines).Order().ToArray();

        Repository.Sources.Where(file => file.Lines > 300).Select(file => $"{file.Path}: {file.Lines}").ShouldBeEmpty();
        lengths[lengths.Length / 2].ShouldBeLessThanOrEqualTo(60, "the median");
        lengths[lengths.Length * 9 / 10].ShouldBeLessThanOrEqualTo(150, "nine in ten");
    }

    [Fact]
    public void No_method_is_longer_than_60_lines()
    {
        var long_ =
            from file in Repository.Sources
            from method in file.Syntax.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
            let lines = LinesOf(method)
            where lines > 60
            select $"{file.Path}: {(method as MethodDeclarationSyntax)?.Identifier.Text ?? "constructor"} has {lines}";
        long_.ShouldBeEmpty();
    }

    [Fact]
    public void No_constructor_takes_more_than_five_services()
    {
        // Records are values: theirs are fields, not dependencies.
        var wide =
            from file in Repository.Sources
            from type in file.Syntax.DescendantNodes().OfType<ClassDeclarationSyntax>()
            let widest = type.Members.OfType<ConstructorDeclarationSyntax>().Select(constructor => constructor.ParameterList.Parameters.Count)
                .Append(type.ParameterList?.Parameters.Count ?? 0).Max()
            where widest > 5
            select $"{file.Path}: {type.Identifier.Text} takes {widest}";
        wide.ShouldBeEmpty();
    }

    [Fact]
    public void Hosts_are_thin() =>
        Repository.Sources.Where(file => file.Path.EndsWith("/Program.cs", StringComparison.Ordinal) && file.Lines > 35)
            .Select(file => $"{file.Path}: {file.Lines}").ShouldBeEmpty();

    [Fact]
    public void Folders_are_capabilities_not_kinds_of_class()
    {
        string[] kinds = ["Helpers", "Managers", "Utils", "Common", "Interfaces", "Services", "Handlers", "Models"];
        Repository.Sources.Where(file => file.Path.Split('/').SkipLast(1).Any(folder => kinds.Contains(folder, StringComparer.Ordinal)))
            .Select(file => file.Path).ShouldBeEmpty();
    }

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
