using System.Text;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.ServiceDefaults.Tests.Texts;

public sealed class StoredTextTests
{
    [Theory]
    [InlineData("", 5, "")]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("two words", 5, "two…")]
    [InlineData("nul\0nul", 10, "nulnul")]
    [InlineData("abc😀", 5, "abc😀")]
    [InlineData("abc😀d", 5, "abc…")]
    [InlineData("ab😀cd", 5, "ab😀…")]
    public void It_is_cut_with_an_ellipsis_between_whole_characters(string text, int length, string shortened) =>
        StoredText.Shorten(text, length).ShouldBe(shortened);

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_wherever_it_stands()
    {
        StoredText.Shorten("a" + (char)0xD83D, 9).ShouldBe("a\uFFFD");
        StoredText.Shorten((char)0xDE00 + "b", 9).ShouldBe("\uFFFDb");
        StoredText.Shorten("a" + (char)0xD83D + "b", 9).ShouldBe("a\uFFFDb");
    }

    [Fact]
    public void Whatever_comes_in_fits_and_is_Unicode_without_NUL()
    {
        var random = new Random(7);
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        for (var round = 0; round < 20_000; round++)
        {
            char[] letters = ['a', ' ', '\0', (char)0xD83D, (char)0xDE00, 'é', '\n'];
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => letters[random.Next(letters.Length)]));
            var length = random.Next(2, 10);

            var shortened = StoredText.Shorten(text, length);

            shortened.Length.ShouldBeLessThanOrEqualTo(length);
            shortened.ShouldNotContain("\0");
            Should.NotThrow(() => strict.GetByteCount(shortened));
        }
    }
}
