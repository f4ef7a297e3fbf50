namespace ClariBI.Sandbox;

/// <summary>The scheme and host the outside world uses for this server, one for each region.</summary>
internal sealed class PublicOrigin(SandboxOptions options, Regions regions)
{
    public string Of(HttpContext context) =>
        (regions.Of(context) == Regions.Eu ? options.EuPublicUrl : options.PublicUrl) ?? $"{context.Request.Scheme}://{context.Request.Host}";
}
