namespace ClariBI.Connector.Mcp;

/// <summary>The vendor no longer accepts the grant: only a person can help, by connecting again. The message is fit for people.</summary>
/// <param name="code">One of <see cref="DataSources.States.StateCodes"/>.</param>
internal sealed class ReauthorizationRequiredException(string message, string? code = null) : Exception(message)
{
    public string? Code { get; } = code;
}

/// <summary>The vendor asks to wait.</summary>
internal sealed class VendorRateLimitedException(TimeSpan? retryAfter) : Exception("The vendor limits how often it may be asked.")
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The vendor, or the vault on the way to it, could not be asked now. The message is fit for people.</summary>
/// <param name="code">One of <see cref="DataSources.States.StateCodes"/>; null: it is the vendor.</param>
internal sealed class VendorUnavailableException(string message, string? code = null) : Exception(message)
{
    public string? Code { get; } = code;
}

/// <summary>The vendor answered 403 <c>insufficient_scope</c> (RFC 6750 section 3.1): the grant is good, but not for this.</summary>
/// <param name="scope">The scopes that the challenge names, separated by spaces; empty when it names none.</param>
internal sealed class InsufficientScopeException(string scope) : Exception("The vendor asks for more than was granted.")
{
    public string Scope { get; } = scope;
}
