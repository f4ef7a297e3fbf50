namespace ClariBI.Connector.Authorizations;

/// <summary>What the next attempt can learn from a failed one.</summary>
internal static class FailureCodes
{
    /// <summary>RFC 6749 section 4.1.2.1: the vendor does not have a scope that was asked for.</summary>
    public const string InvalidScope = "invalid_scope";

    /// <summary>RFC 6750 section 3.1: what was granted is too little to list the tools.</summary>
    public const string InsufficientScope = "insufficient_scope";
}
