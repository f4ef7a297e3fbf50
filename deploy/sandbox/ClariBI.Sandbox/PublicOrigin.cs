namespace ClariBI.Sandbox;

/// <summary>The scheme and host the outside world uses for this server.</summary>
internal sealed class PublicOrigin(SandboxOptions options)
{
    public string Of(HttpContext context) => options.PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}";
}
