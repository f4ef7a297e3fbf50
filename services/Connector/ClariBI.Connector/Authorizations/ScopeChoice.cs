using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Vendors;

namespace ClariBI.Connector.Authorizations;

/// <summary>What earlier attempts at the same server taught about its scopes.</summary>
/// <param name="Needed">Scopes that were granted before or that a call was refused for, separated by spaces.</param>
/// <param name="Refusals">How often in a row the server called what was asked for invalid.</param>
internal sealed record ScopeLessons(string Needed, int Refusals)
{
    public static ScopeLessons None { get; } = new("", 0);
}

/// <summary>
/// Which scopes to ask for. The catalogue's, where it has some; else what the server's refusal names, as it stands; else what
/// its metadata names, without those that plainly write where one that plainly reads stands beside them; else none. A server
/// that calls a scope invalid is asked without <c>offline_access</c> next, then without any.
/// </summary>
internal static class ScopeChoice
{
    private const string OfflineAccess = "offline_access";

    /// <returns>Separated by spaces; empty: the parameter is left out.</returns>
    public static string Choose(Vendor vendor, VendorMetadata metadata, ScopeLessons lessons)
    {
        var (catalogue, needed) = (vendor.Scopes, Split(lessons.Needed));
        List<string> wanted = catalogue.Count > 0
            ? [.. catalogue.Where(scope => scope != OfflineAccess || metadata.Scopes is null || metadata.Scopes.Contains(OfflineAccess)),
                .. needed.Where(scope => !IsLeftOut(vendor, scope))]
            : [.. metadata.ChallengedScope is { } challenged ? Split(challenged) : Published(vendor, metadata.ResourceScopes ?? []), .. needed];
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

    /// <returns>What the vendor asks for and ClariBI does not, however often it is asked; empty: nothing.</returns>
    public static IReadOnlyList<string> LeftOut(Vendor vendor, string challenged) => [.. Split(challenged).Where(scope => IsLeftOut(vendor, scope))];

    public static string Union(params string?[] scopes) =>
        string.Join(' ', scopes.SelectMany(scope => Split(scope ?? "")).Distinct(StringComparer.Ordinal));

    /// <returns>Whether everything in <paramref name="part"/> is in <paramref name="whole"/>, and there is something.</returns>
    public static bool Contains(string whole, string? part) =>
        Split(part ?? "") is { Length: > 0 } scopes && scopes.All(Split(whole).Contains);

    private static bool IsLeftOut(Vendor vendor, string scope) =>
        vendor.Scopes.Count > 0 && !vendor.Scopes.Contains(scope) && ScopeWords.Writes(scope);

    private static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsToken(string scope) => scope.All(sign => sign is > ' ' and < '\x7f' and not '"' and not '\\');

    /// <summary>The specification has a client ask for all of them; one that only reads leaves out what it would never use.</summary>
    private static IEnumerable<string> Published(Vendor vendor, IReadOnlyList<string> scopes) =>
        vendor.Quirks.EveryScope || !scopes.Any(ScopeWords.Reads) ? scopes : scopes.Where(scope => !ScopeWords.Writes(scope));
}
