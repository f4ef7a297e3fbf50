using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClariBI.Connector.Tools.Definitions;

/// <summary>
/// JSON in the one form that RFC 8785 allows, so that two texts that mean the same have the same hash. Our own, as the packages
/// for it are young and unmaintained, and the whole is a page.
/// </summary>
internal static class CanonicalJson
{
    /// <exception cref="FormatException">
    /// It has no such form: a name twice in one object, half a surrogate pair, a number beyond a double. The message is fit for people.
    /// </exception>
    public static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    text.Append(index > 0 ? "," : "");
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendString(text, Read(() => value.GetString()!));
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetDouble()));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement value)
    {
        // Section 3.2.3: by UTF-16 code units, which is what ordinal means here.
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!members.TryAdd(Read(() => member.Name), member.Value))
            {
                throw new FormatException($"It names “{VendorText.Show(member.Name)}” twice.");
            }
        }

        text.Append('{');
        foreach (var (index, (name, member)) in members.Index())
        {
            text.Append(index > 0 ? "," : "");
            AppendString(text, name);
            text.Append(':');
            Append(text, member);
        }

        text.Append('}');
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    /// <summary>As ECMAScript writes a number (ECMA-262 section 6.1.6.1.20); both take the shortest digits that read back the same.</summary>
    private static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new FormatException("It holds a number that is too large.");
        }

        if (value == 0)
        {
            return "0";
        }

        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var whole = parts[0].Split('.')[0];
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;

        // Where the decimal point stands, counted from the first digit that is not zero.
        var point = whole.Length + exponent - leading;
        digits = digits.Trim('0');
        return (value < 0 ? "-" : "") + Place(digits, point);
    }

    private static string Place(string digits, int point)
    {
        if (point is > 0 and <= 21)
        {
            return digits.Length <= point ? digits.PadRight(point, '0') : $"{digits[..point]}.{digits[point..]}";
        }

        if (point is > -6 and <= 0)
        {
            return $"0.{new string('0', -point)}{digits}";
        }

        var exponent = (point - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return digits.Length == 1 ? $"{digits}e{exponent}" : $"{digits[0]}.{digits[1..]}e{exponent}";
    }

    /// <summary>Half a surrogate pair cannot be read as text.</summary>
    private static string Read(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("It holds text that is not valid Unicode.");
        }
    }
}
