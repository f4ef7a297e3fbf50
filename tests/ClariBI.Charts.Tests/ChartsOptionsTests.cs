using Microsoft.Extensions.Options;

namespace ClariBI.Charts.Tests;

public sealed class ChartsOptionsTests
{
    [Theory]
    [InlineData("Charts:RefreshInterval", "00:00:59")]
    [InlineData("Charts:RefreshInterval", "8.00:00:00")]
    [InlineData("Charts:RefreshConcurrency", "0")]
    [InlineData("Charts:QueryTimeout", "00:00:00")]
    public async Task An_impossible_setting_stops_the_start_and_is_named(string key, string value)
    {
        await using var host = new ChartsHost((key, value));

        Should.Throw<OptionsValidationException>(() => host.Server).Message.ShouldContain(key.Split(':')[1]);
    }
}
