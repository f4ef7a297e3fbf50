using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;

namespace ClariBI.CredentialVault.Vendor;

/// <summary>
/// One breaker per token endpoint of this process: when a vendor is away, its thousand grants do not knock a thousand times.
/// It opens for half a minute after five outages within one, and then lets one request try.
/// </summary>
internal sealed class VendorBreakers(TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(30);
    private readonly ResiliencePipelineRegistry<string> pipelines = new();

    /// <exception cref="BrokenCircuitException">The vendor was not asked.</exception>
    public async Task<RefreshAnswer> AskAsync(string tokenEndpoint, Func<CancellationToken, Task<RefreshAnswer>> ask, CancellationToken cancellationToken)
    {
        var pipeline = pipelines.GetOrAddPipeline<RefreshAnswer>(tokenEndpoint, builder =>
        {
            builder.TimeProvider = clock;
            builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<RefreshAnswer>
            {
                FailureRatio = 0.9,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = Break,
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result is RefreshAnswer.Failed { Outage: true }),
            });
        });
        return await pipeline.ExecuteAsync(async token => await ask(token), cancellationToken);
    }

    public void Dispose() => pipelines.Dispose();
}
