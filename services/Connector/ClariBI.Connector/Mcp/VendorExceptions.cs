namespace ClariBI.Connector.Mcp;

/// <summary>The vendor no longer accepts the grant: only a person can help, by connecting again. The message is fit for people.</summary>
/// <param name="code">One of <see cref="DataSources.States.StateCodes"/>.</param>
/// <param name="freshTokenRejected">The server rejects even a token that was just renewed; the grant itself may be good.</param>
internal sealed class ReauthorizationRequiredException(string message, string? code = null, bool freshTokenRejected = false) : Exception(message)
{
    public string? Code { get; } = code;

    public bool FreshTokenRejected { get; } = freshTokenRejected;
}

/// <summary>The vendor asks to wait.</summary>
internal sealed class VendorRateLimitedException(TimeSpan? retryAfter) : Exception("The vendor limits how often it may be asked.")
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The vendor answered 503 and said when to come back: nothing was done (RFC 9110 section 15.6.4).</summary>
internal sealed class VendorBusyException(TimeSpan retryAfter) : Exception("The vendor is not available for a while.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The vendor, or the vault on the way to it, could not be asked now. The message is fit for people.</summary>
/// <param name="code">One of <see cref="DataSources.States.StateCodes"/>; null: it is the vendor.</param>
/// <param name="retryAfter">When it is worth asking again, where that is known.</param>
internal sealed class VendorUnavailableException(string message, string? code = null, TimeSpan? retryAfter = null) : Exception(message)
{
    public string? Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The server lists its tools for a token, and answers 401 to the same token at one of them. The message is fit for people.</summary>
internal sealed class ToolRefusedException(string message) : Exception(message);

/// <summary>The session ended while a call was under way; whether the vendor carried it out is not known.</summary>
internal sealed class SessionBrokenException(Exception inner) : Exception("The session ended during the call.", inner);

/// <summary>The vendor answered 403 <c>insufficient_scope</c> (RFC 6750 section 3.1): the grant is good, but not for this.</summary>
/// <param name="scope">The scopes that the challenge names, separated by spaces; empty when it names none.</param>
internal sealed class InsufficientScopeException(string scope) : Exception("The vendor asks for more than was granted.")
{
    public string Scope { get; } = scope;
}
