using ClariBI.Connector.Authorizations.Discovery;

namespace ClariBI.Connector.Authorizations;

/// <summary>What earlier attempts at the same server taught about its scopes.</summary>
/// <param name="Needed">Scopes that were granted before or that a call was refused for, separated by spaces.</param>
/// <param name="Refusals">How often in a row the server called what was asked for invalid.</param>
internal sealed record ScopeLessons(string Needed, int Refusals)
{
    public static ScopeLessons None { get; } = new("", 0);
}

/// <summary>
/// Which scopes to ask for. The catalogue's, where it has some; else what the server's refusal names, else what its metadata
/// names, else none. A server that calls a scope invalid is asked without <c>offline_access</c> next, then without any.
/// </summary>
internal static class ScopeChoice
{
    private const string OfflineAccess = "offline_access";

    /// <summary>Scopes that change things: a vendor whose reading scopes we know is not asked for them, whatever a refusal says.</summary>
    private static readonly string[] Changing = ["write", "admin", "manage", "delete", "edit", "create", "update", "modify", "full"];

    /// <returns>Separated by spaces; empty: the parameter is left out.</returns>
    public static string Choose(IReadOnlyList<string> catalogue, VendorMetadata metadata, ScopeLessons lessons)
    {
        var needed = Split(lessons.Needed);
        List<string> wanted = catalogue.Count > 0
            ? [.. catalogue.Where(scope => scope != OfflineAccess || metadata.Scopes is null || metadata.Scopes.Contains(OfflineAccess)),
                .. needed.Where(scope => !Changes(scope))]
            : [.. Split(metadata.ChallengedScope ?? string.Join(' ', metadata.ResourceScopes ?? [])), .. needed];
        if (catalogue.Count == 0 && wanted.Count > 0 && metadata.Scopes?.Contains(OfflineAccess) == true)
        {
            wanted.Add(OfflineAccess);
        }

        // A scope parameter has no words but these (RFC 6749 section 3.3).
        wanted = [.. wanted.Distinct(StringComparer.Ordinal).Where(IsToken)];
        for (var refusals = lessons.Refusals; refusals > 0 && wanted.Count > 0; refusals--)
        {
            if (!wanted.Remove(OfflineAccess))
            {
                wanted.Clear();
            }
        }

        return string.Join(' ', wanted);
    }

    public static string Union(params string?[] scopes) =>
        string.Join(' ', scopes.SelectMany(scope => Split(scope ?? "")).Distinct(StringComparer.Ordinal));

    /// <returns>Whether everything in <paramref name="part"/> is in <paramref name="whole"/>, and there is something.</returns>
    public static bool Contains(string whole, string? part) =>
        Split(part ?? "") is { Length: > 0 } scopes && scopes.All(Split(whole).Contains);

    private static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsToken(string scope) => scope.All(sign => sign is > ' ' and < '\x7f' and not '"' and not '\\');

    private static bool Changes(string scope) => scope.Split(':', '.', '/', '_', '-').Any(word => Changing.Contains(word.ToLowerInvariant()));
}
