namespace ClariBI.Connector.Mcp;

/// <summary>The vendor no longer accepts the grant: only a person can help, by connecting again. The message is fit for people.</summary>
internal sealed class ReauthorizationRequiredException(string message) : Exception(message);

/// <summary>The vendor asks to wait.</summary>
internal sealed class VendorRateLimitedException(TimeSpan? retryAfter) : Exception("The vendor limits how often it may be asked.")
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The vendor, or the vault on the way to it, could not be asked now. The message is fit for people.</summary>
internal sealed class VendorUnavailableException(string message) : Exception(message);
