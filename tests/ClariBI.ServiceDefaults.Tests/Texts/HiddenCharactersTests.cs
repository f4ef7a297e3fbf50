using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.ServiceDefaults.Tests.Texts;

public sealed class HiddenCharactersTests
{
    [Theory]
    [InlineData("Sales\u202E", "Sales")]
    [InlineData("\u200B\u2060\uFEFF\u00AD", "")]
    [InlineData("a\u0000b\u001B\u007F\u0085c", "abc")]
    [InlineData("a\u3164\u115F\u1160\uFFA0\u17B4b", "ab")]
    [InlineData("tag\U000E0041\U000E007Fs", "tags")]
    [InlineData("a\uFE0Fb\U000E0101", "ab")]
    [InlineData("👍\uFE0F\uFE0E\u200D", "👍\uFE0F")]
    [InlineData("a\u200Db", "ab")]
    public void What_nobody_sees_goes(string text, string seen) => HiddenCharacters.RemoveFrom(text).ShouldBe(seen);

    [Theory]
    [InlineData("Tržby, 東京 \t\r\n ✓")]
    [InlineData("👨\u200D👩\u200D👧 1\uFE0F\u20E3 ❤\uFE0F")]
    [InlineData("می\u200Cخواهم \u0600\u0661")]
    [InlineData("⠁\u2800⠃")]
    [InlineData("one\u2028two")]
    public void What_changes_the_look_of_its_neighbour_stays(string text) => HiddenCharacters.RemoveFrom(text).ShouldBe(text);

    [Theory]
    [InlineData(0x2028, true, false)]
    [InlineData(0x200D, true, false)]
    [InlineData(0xFE0F, true, false)]
    [InlineData(0xE000, false, true)]
    [InlineData(0xFFFD, false, true)]
    [InlineData(0x61, false, false)]
    [InlineData(0xD800, false, false)]
    public void By_itself_it_is_judged_strictly(int codePoint, bool hidden, bool undefined) =>
        (HiddenCharacters.Has(codePoint), HiddenCharacters.IsUndefined(codePoint)).ShouldBe((hidden, undefined));
}
