using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

/// <summary>What came back for one measure, and for the compared range where there is one.</summary>
internal sealed record MeasureResult(Measure Measure, SeriesSet Current, SeriesSet? Previous);
