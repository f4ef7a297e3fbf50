using System.Net;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.ServiceDefaults.Outbound;
using ModelContextProtocol;
using Polly;
using Polly.Retry;

namespace ClariBI.Connector.Calls.Sending;

/// <summary>
/// When a call is sent again. What the vendor did not carry out may always be; what it may have carried out only if the tool
/// is known to read and to be idempotent. Never past the time that the call has.
/// </summary>
internal sealed class CallRetries
{
    private const int Most = 2;

    /// <summary>A vendor that does not know yet what it has just renewed is given this long within a call.</summary>
    private static readonly TimeSpan LongestRenewal = TimeSpan.FromSeconds(5);
    private static readonly ResiliencePropertyKey<CallAttempt> Attempt = new("call");

    private readonly TimeProvider clock;
    private readonly ResiliencePipeline<ToolResult> pipeline;

    public CallRetries(TimeProvider clock)
    {
        this.clock = clock;
        pipeline = new ResiliencePipelineBuilder<ToolResult> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<ToolResult>
            {
                MaxRetryAttempts = Most,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(300),
                MaxDelay = TimeSpan.FromSeconds(5),
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Context.Properties.TryGetValue(Attempt, out var call) && MayRepeat(arguments.Outcome.Exception, call)),

                // As long as the vendor asks, and a little more, so that not all come back in the same instant.
                DelayGenerator = arguments => ValueTask.FromResult(
                    AskedWait(arguments.Outcome.Exception) is { } wait ? wait + TimeSpan.FromMilliseconds(Random.Shared.Next(20, 200)) : (TimeSpan?)null),
                OnRetry = arguments =>
                {
                    var call = arguments.Context.Properties.GetValue(Attempt, null!);
                    if (arguments.RetryDelay > TimeSpan.FromSeconds(1))
                    {
                        call.Effort.HoldBack(this.clock.GetUtcNow() + arguments.RetryDelay);
                    }

                    ConnectorTelemetry.Retries.Add(1, new KeyValuePair<string, object?>("cause", arguments.Outcome.Exception?.GetType().Name));
                    return default;
                },
            })
            .Build();
    }

    public async Task<ToolResult> RunAsync(CallAttempt call, Func<CancellationToken, Task<ToolResult>> send, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Attempt, call);
        try
        {
            return await pipeline.ExecuteAsync(static async (context, send) => await send(context.CancellationToken), context, send);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool MayRepeat(Exception? exception, CallAttempt call) => exception switch
    {
        VendorRateLimitedException or VendorBusyException => !(AskedWait(exception) >= call.Effort.Remaining(clock)),
        VendorUnavailableException { Code: StateCodes.AccessRefused } => AskedWait(exception) is { } wait && wait <= LongestRenewal && wait < call.Effort.Remaining(clock),
        OutboundRefusedException => false,
        HttpRequestException { StatusCode: null, HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
        _ when CallFailures.TooLarge(exception) => false,
        HttpRequestException { StatusCode: null } or IOException or TimeoutException or SessionBrokenException => call.Idempotent,

        // An answer that broke off.
        McpException and not McpProtocolException => call.Idempotent,
        HttpRequestException { StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout } =>
            call.Idempotent,
        _ => false,
    };

    private static TimeSpan? AskedWait(Exception? exception) => exception switch
    {
        VendorRateLimitedException limited => limited.RetryAfter,
        VendorBusyException busy => busy.RetryAfter,
        VendorUnavailableException { Code: StateCodes.AccessRefused } refused => refused.RetryAfter,
        _ => null,
    };
}

/// <param name="Idempotent">The tool is known to read, and to answer the same twice.</param>
internal sealed record CallAttempt(CallEffort Effort, bool Idempotent);
