using System.Text.RegularExpressions;

namespace ClariBI.Connector.Vendors;

/// <summary>What a row of the catalogue must keep to, whoever wrote it.</summary>
internal static partial class VendorRules
{
    private const int LongestText = 240;

    /// <param name="opened">Whether the operator allows an address that is not https.</param>
    /// <returns>A sentence for everything that is wrong.</returns>
    public static IEnumerable<string> Broken(IReadOnlyList<Vendor> vendors, Func<Uri, bool> opened)
    {
        foreach (var twice in vendors.GroupBy(vendor => vendor.Id).Where(group => group.Count() > 1))
        {
            yield return $"The id '{twice.Key}' is given to {twice.Count()} vendors. Give every vendor an id of its own.";
        }

        foreach (var vendor in vendors)
        {
            foreach (var problem in OfRow(vendor).Concat(vendor.Regions.SelectMany(region => OfRegion(region, opened))))
            {
                yield return $"Vendor '{vendor.Id}': {problem}";
            }
        }
    }

    private static IEnumerable<string> OfRow(Vendor vendor)
    {
        (bool Holds, string Problem)[] rules =
        [
            (Id().IsMatch(vendor.Id), "its id takes small letters, digits and hyphens, at most 40."),
            (Fits(vendor.Name) && Fits(vendor.Category) && Fits(vendor.Summary), $"its name, category and summary take 1 to {LongestText} characters."),
            (Initials().IsMatch(vendor.Initials), "its initials take one or two letters."),
            (vendor.Scopes.All(scope => Scope().IsMatch(scope)), "a scope is one word without blanks (RFC 6749 section 3.3)."),
            (vendor.Regions.Count > 0 || vendor.UrlHint is not null, "it has no regions, so urlHint must say what its address looks like."),
            (vendor.UrlHint is null || Fits(vendor.UrlHint), $"its urlHint takes 1 to {LongestText} characters."),
            (vendor.AdminStep is null || Fits(vendor.AdminStep), $"its adminStep takes 1 to {LongestText} characters."),
            (vendor.Regions.Select(region => region.Id).Distinct().Count() == vendor.Regions.Count, "two of its regions have the same id."),
            (vendor.Tools?.Cleared?.All(vendor.Tools.Knows) != false, "a cleared tool must be named in reading or mixed as well."),
            (vendor.Quirks.CallsPerMinute is null or > 0, "callsPerMinute takes a number above zero."),
            (vendor.Quirks.OwnDomains.All(domain => Domain().IsMatch(domain)), "ownDomains takes domains of the vendor's own, for example example.com."),
            (vendor.Quirks.CallsAtOnce is null or > 0, "callsAtOnce takes a number above zero."),
        ];
        return rules.Where(rule => !rule.Holds).Select(rule => rule.Problem);
    }

    private static IEnumerable<string> OfRegion(VendorRegion region, Func<Uri, bool> opened)
    {
        if (!Id().IsMatch(region.Id) || VendorCatalogue.IsSandbox(region.Id) || region.Sandbox || !Fits(region.Name))
        {
            yield return $"the region '{region.Id}' needs an id of small letters, digits and hyphens that is not the sandbox's, and a name.";
        }

        if (!region.Url.IsAbsoluteUri || region.Url.Host.Length == 0 || region.Url.UserInfo.Length > 0 || region.Url.Fragment.Length > 0)
        {
            yield return $"the region '{region.Id}' needs a whole address, without a user name or a fragment.";
        }
        else if (region.Url.Scheme != Uri.UriSchemeHttps && !opened(region.Url))
        {
            yield return $"the region '{region.Id}' is not https. Use https, or add its origin to Outbound__AllowedOrigins.";
        }
    }

    private static bool Fits(string text) => text.Trim().Length is > 0 and <= LongestText;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^([a-z0-9-]{1,63}\.)+[a-z]{2,63}$")]
    private static partial Regex Domain();

    [GeneratedRegex(@"^\p{L}{1,2}$")]
    private static partial Regex Initials();

    [GeneratedRegex(@"^[\x21\x23-\x5B\x5D-\x7E]+$")]
    private static partial Regex Scope();
}
