namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>The address may not be reached: not https, or not public. The message is fit for people.</summary>
public sealed class OutboundRefusedException(string message) : HttpRequestException(message);

/// <summary>The answer is larger than <see cref="OutboundOptions.MaximumResponseBytes"/>.</summary>
public sealed class ResponseTooLargeException(long limit) : IOException($"The answer is larger than {limit:N0} bytes.")
{
    /// <summary>An option of a request: told the limit in bytes when the answer is larger. For callers behind a library that swallows the exception.</summary>
    public static readonly HttpRequestOptionsKey<Action<long>> Told = new("ClariBI.ResponseTooLarge");

    /// <summary>In bytes.</summary>
    public long Limit { get; } = limit;

    /// <returns>The one that an exception is or was caused by; null where there is none.</returns>
    public static ResponseTooLargeException? In(Exception? exception) =>
        exception is null ? null : exception as ResponseTooLargeException ?? In(exception.InnerException);
}
