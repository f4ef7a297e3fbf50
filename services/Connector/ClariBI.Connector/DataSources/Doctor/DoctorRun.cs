using ClariBI.Connector.DataSources.States;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>A step found something wrong. Cause and fix are fit for people.</summary>
/// <param name="state">What it means for the data source; null: nothing.</param>
internal sealed class DoctorFinding(string cause, string fix, ConnectionState? state = null) : Exception(cause)
{
    public string Fix { get; } = fix;

    public ConnectionState? State { get; } = state;

    /// <summary>The steps after it say more: what is wrong matters only later.</summary>
    public bool GoesOn { get; init; }
}

/// <summary>The steps of one run. After the first that fails, the others are not tried.</summary>
internal sealed class DoctorRun(DoctorTrace trace, TimeProvider clock, TimeSpan longest)
{
    private readonly List<DoctorStepResponse> steps = [];
    private readonly DateTimeOffset startedAt = clock.GetUtcNow();
    private readonly long started = clock.GetTimestamp();

    public DoctorTrace Trace => trace;

    private bool stopped;

    public bool Healthy => steps.TrueForAll(step => step.Status != DoctorStatus.Failed);

    public DoctorFinding? Finding { get; private set; }

    public DoctorReport Report() =>
        new(startedAt, (int)clock.GetElapsedTime(started).TotalMilliseconds, Healthy, [.. steps.OrderBy(step => step.Step)], trace.ToString());

    /// <param name="run">Returns what was found; throws <see cref="DoctorFinding"/>.</param>
    /// <param name="explain">Turns other exceptions into findings; null for those that are bugs.</param>
    public async Task StepAsync(DoctorStep step, Func<Task<string>> run, Func<Exception, DoctorFinding?> explain, CancellationToken cancellationToken)
    {
        if (stopped)
        {
            Skip(step, "Not tried, because an earlier step failed.");
            return;
        }

        var began = clock.GetTimestamp();
        try
        {
            var detail = await run();
            steps.Add(new DoctorStepResponse(step, DoctorStatus.Passed, Title(step), trace.Scrub(detail), null, null, Since(began)));
        }
        catch (DoctorFinding finding)
        {
            Fail(step, finding, began);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            Fail(step, OutOfTime(exception), began);
        }
        catch (Exception exception) when (explain(exception) is { } finding)
        {
            Fail(step, finding, began);
        }
    }

    public void Skip(DoctorStep step, string why) => steps.Add(new DoctorStepResponse(step, DoctorStatus.Skipped, Title(step), why, null, null, 0));

    /// <summary>A step whose outcome another one's work showed.</summary>
    public void Pass(DoctorStep step, string detail, TimeSpan took) =>
        steps.Add(new DoctorStepResponse(step, DoctorStatus.Passed, Title(step), trace.Scrub(detail), null, null, (int)took.TotalMilliseconds));

    public void Fail(DoctorStep step, DoctorFinding finding, long began)
    {
        Finding = Finding is { GoesOn: false } ? Finding : finding;
        stopped |= !finding.GoesOn;
        steps.Add(new DoctorStepResponse(step, DoctorStatus.Failed, Title(step), null, trace.Scrub(finding.Message), trace.Scrub(finding.Fix), Since(began)));
    }

    private static string Title(DoctorStep step) => step switch
    {
        DoctorStep.Discover => "Ask the server who guards it",
        DoctorStep.Metadata => "Read how its authorization server works",
        DoctorStep.Register => "ClariBI's registration there",
        DoctorStep.Authorize => "Consent",
        DoctorStep.Exchange => "Credential in the vault",
        DoctorStep.Initialize => "Open a session",
        DoctorStep.List => "List the tools",
        _ => "Make one harmless call",
    };

    private DoctorFinding OutOfTime(Exception exception) => new(
        trace.Last?.Address.Host is { } host && exception is OperationCanceledException
            ? $"{host} was too slow: the doctor stopped after {longest.TotalSeconds:0} seconds."
            : $"The doctor stopped after {longest.TotalSeconds:0} seconds.",
        "Try again in a few minutes; the vendor may be overloaded.");

    private int Since(long began) => (int)clock.GetElapsedTime(began).TotalMilliseconds;
}
