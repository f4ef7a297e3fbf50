using System.Text;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.Connector.DataSources;

/// <summary>What people call things: vendors by their names, never by their hosts, and data sources by names of their own.</summary>
internal static class DataSourceNames
{
    public const int Longest = 80;

    public static string NameOf(this VendorCatalogue catalogue, DataSource source)
    {
        var name = catalogue.Find(source.Vendor)?.Name ?? source.Vendor;
        return source.IsSandbox ? $"{name} sandbox" : name;
    }

    /// <summary>As people see it: without what cannot be seen or turns the writing around, on one line.</summary>
    /// <returns>Empty when there is nothing to see.</returns>
    public static string Clean(string name) =>
        string.Join(' ', HiddenCharacters.RemoveFrom(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Names that people would read as the same have the same key.</summary>
    public static string Key(string name) => name.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    /// <summary>The name with the first number behind it that is still free.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> taken)
    {
        for (var number = 2; ; number++)
        {
            var suffix = $" ({number})";
            var stem = name.Trim();
            var candidate = (stem.Length + suffix.Length > Longest ? stem[..(Longest - suffix.Length)].TrimEnd() : stem) + suffix;
            if (!taken.Contains(Key(candidate)))
            {
                return candidate;
            }
        }
    }
}
