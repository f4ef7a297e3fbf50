using System.Globalization;
using System.Text;
using System.Text.Json;
using ClariBI.Connector.Tools.Definitions;

namespace ClariBI.Connector.Tests.Tools.Definitions;

public sealed class CanonicalJsonTests
{
    /// <summary>The example of RFC 8785, section 3.2.2, and its canonical bytes of section 3.2.4.</summary>
    [Fact]
    public void The_example_of_the_rfc_comes_out_byte_for_byte()
    {
        const string given = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string bytes = """
            7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
            5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
            5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d
            """;

        var expected = bytes.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(two => Convert.ToByte(two, 16)).ToArray();

        Encoding.UTF8.GetBytes(Canonical(given)).ShouldBe(expected);
    }

    /// <summary>Section 3.2.3: by UTF-16 code units, where a surrogate pair comes before U+FB33.</summary>
    [Fact]
    public void Names_are_sorted_by_utf_16_code_units()
    {
        const string given = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;

        JsonSerializer.Deserialize<JsonElement>(Canonical(given)).EnumerateObject().Select(member => member.Value.GetString()).ShouldBe(
            [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh",
            ]);
    }

    /// <summary>Appendix B: IEEE 754 bits and the JSON they make.</summary>
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_take_the_form_of_ecmascript(string bits, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

        Canonical(value.ToString("R", CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("-0.0", "0")]
    [InlineData("100", "100")]
    [InlineData("1e2", "100")]
    [InlineData("1E-6", "0.000001")]
    [InlineData("1E-7", "1e-7")]
    [InlineData("123456.789", "123456.789")]
    public void Numbers_that_mean_the_same_are_written_the_same(string given, string expected) => Canonical(given).ShouldBe(expected);

    [Fact]
    public void Writing_twice_changes_nothing()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 2000; round++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value))
            {
                var once = Canonical(value.ToString("R", CultureInfo.InvariantCulture));
                Canonical(once).ShouldBe(once);
                double.Parse(once, CultureInfo.InvariantCulture).ShouldBe(value);
            }
        }
    }

    [Theory]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("1e400")]
    public void What_has_no_canonical_form_is_refused(string given) =>
        Should.Throw<FormatException>(() => Canonical(given)).Message.ShouldNotBeEmpty();

    private static string Canonical(string json) => CanonicalJson.Write(JsonSerializer.Deserialize<JsonElement>(json));
}
