namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>
/// What may be missing while names are read. What the account may not see, or the vendor cannot do, is left out for good; after
/// a rate limit or an outage nothing more is asked, and the names are read again soon.
/// </summary>
internal sealed class Omissions
{
    private volatile bool stopped;

    /// <summary>The rest was not asked for.</summary>
    public bool HasStopped => stopped;

    /// <returns>False for what concerns the whole data source: without it no name can be read.</returns>
    public bool Accept(PlannerProblem problem)
    {
        if (problem.IsPassing)
        {
            stopped = true;
            return true;
        }

        return !problem.Type.StartsWith("data-source-", StringComparison.Ordinal);
    }
}
