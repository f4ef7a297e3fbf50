using System.Net;
using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Numbers.Tests.Server;

/// <summary>The first form of a page, filled as someone would who wants to go on: what is given stays, the organisation is ours, the first button is pressed.</summary>
internal sealed partial record HtmlForm(string Action, List<KeyValuePair<string, string>> Fields)
{
    public static HtmlForm Read(string html, string organisation)
    {
        var form = FormPattern().Match(html);
        form.Success.ShouldBeTrue(html);
        var fields = new Dictionary<string, string>();
        var pressed = false;
        foreach (Match tag in TagPattern().Matches(form.Groups[2].Value))
        {
            var (name, value, type) = (Attribute(tag.Value, "name"), Attribute(tag.Value, "value") ?? "", Attribute(tag.Value, "type"));
            var isButton = tag.Groups[1].Value == "button" || type == "submit";
            if (name is null || (isButton && pressed))
            {
                continue;
            }

            pressed |= isButton;
            var isChoice = type is "radio" or "checkbox";
            var chosen = fields.GetValueOrDefault(name);
            if (!isChoice || chosen is null || value == organisation || (tag.Value.Contains(" checked", StringComparison.Ordinal) && chosen != organisation))
            {
                fields[name] = value;
            }
        }

        foreach (Match select in SelectPattern().Matches(form.Groups[2].Value))
        {
            var options = OptionPattern().Matches(select.Value).Select(option => Attribute(option.Value, "value") ?? "").ToArray();
            fields[Attribute(select.Value, "name")!] = options.Contains(organisation) ? organisation : options.FirstOrDefault() ?? "";
        }

        return new(Attribute(form.Groups[1].Value, "action") ?? "", [.. fields]);
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex FormPattern();

    [GeneratedRegex("<(input|button)[^>]*>")]
    private static partial Regex TagPattern();

    [GeneratedRegex("<select.*?</select>", RegexOptions.Singleline)]
    private static partial Regex SelectPattern();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex OptionPattern();
}
