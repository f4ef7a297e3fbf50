using System.Globalization;
using System.Text;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

/// <summary>Column names: lower case, stable, unique in one table.</summary>
internal sealed class Slugs
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public string Unique(string label)
    {
        var slug = Of(label);
        var unique = slug;
        for (var number = 2; !taken.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{slug}_{number}");
        }

        return unique;
    }

    public void Reserve(string name) => taken.Add(name);

    private static string Of(string label)
    {
        var slug = new StringBuilder(label.Length);
        foreach (var character in label)
        {
            if (char.IsLetterOrDigit(character))
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if (slug.Length > 0 && slug[^1] != '_')
            {
                slug.Append('_');
            }
        }

        return slug.ToString().TrimEnd('_') is { Length: > 0 } text ? text : "series";
    }
}
