using ClariBI.Evaluation;

if (args.Contains("--help"))
{
    Console.WriteLine(Options.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The servers that were started are ended first.
    pressed.Cancel = true;
    stop.Cancel();
};
using var ended = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
try
{
    return await new EvaluationRun(Options.Parse(args), Console.Out).RunAsync(stop.Token) ? 0 : 1;
}
catch (Exception problem) when (problem is EvaluationException or ClariBI.Evaluation.Asking.RefusedException or HttpRequestException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 2;
}
