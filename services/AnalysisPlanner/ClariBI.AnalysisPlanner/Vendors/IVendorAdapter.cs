using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors;

/// <summary>Speaks one vendor's language: its names, its queries, the shapes of its results. Problems are thrown as <see cref="PlannerProblemException"/>.</summary>
internal interface IVendorAdapter
{
    /// <summary>The catalogue's id of the vendor.</summary>
    string Vendor { get; }

    Task<Taxonomy> LoadTaxonomyAsync(VendorSession session, CancellationToken cancellationToken);

    /// <summary>Compiles the query against the tools published now, calls them and reads the result.</summary>
    Task<VendorAnswer> RunAsync(VendorSession session, AnalysisQuery query, Taxonomy taxonomy, DateOnly today, CancellationToken cancellationToken);
}

/// <param name="Main">The call behind the numbers.</param>
/// <param name="VendorUrl">Opens the same query at the vendor; null where the vendor names none.</param>
/// <param name="Caveats">What the reader had to leave out, in sentences for people.</param>
internal sealed record VendorAnswer(ResultTable Table, VendorCall Main, Uri? VendorUrl, IReadOnlyList<string> Caveats);
