using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Data.Generation;

/// <summary>The org.json of a generator, kept beside it. "@day-7" in it stands for the date a week before the last day of the data.</summary>
internal static partial class SampleTemplate
{
    public static string Read(string name, SampleCalendar calendar)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"No resource {name}.");
        using var reader = new StreamReader(stream);
        return Day().Replace(reader.ReadToEnd(), match =>
            calendar.Date(SampleCalendar.Days - 1 - int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"@day-(\d+)")]
    private static partial Regex Day();
}
