using System.Text.Json.Serialization;

namespace ClariBI.Sandbox.Admin;

/// <summary>The options that can be changed while the sandbox runs; what is left out stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Settings(string? Refresh = null, string? Replies = null, string? Results = null, int? TokenLife = null)
{
    public static Settings Of(SandboxOptions options) => new(options.Refresh, options.Replies, options.Results, options.TokenLife);

    /// <summary>Null when all was applied, else what is wrong; then nothing was.</summary>
    public string? Apply(SandboxOptions options)
    {
        var wrong = OneOf("refresh", Refresh, SandboxOptions.RefreshWays) ?? OneOf("replies", Replies, SandboxOptions.ReplyForms)
            ?? OneOf("results", Results, SandboxOptions.ResultForms) ?? (TokenLife < 1 ? "tokenLife is a number of seconds above 0." : null);
        if (wrong is null)
        {
            options.Refresh = Refresh ?? options.Refresh;
            options.Replies = Replies ?? options.Replies;
            options.Results = Results ?? options.Results;
            options.TokenLife = TokenLife ?? options.TokenLife;
        }

        return wrong;
    }

    private static string? OneOf(string name, string? given, string[] values) => given is null || values.Contains(given) ? null : $"{name} is one of {string.Join(", ", values)}.";
}
