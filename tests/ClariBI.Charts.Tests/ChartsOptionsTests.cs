using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
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
        // Built here: a factory looks for the services of the host that failed while that one is being disposed of.
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Internal:Key"] = Convert.ToBase64String(new byte[32]),
            ["Database:Folder"] = Path.Combine(Path.GetTempPath(), "claribi-charts-never-made"),
            [key] = value,
        });
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults("charts");
        builder.AddInternalCallers("charts");
        builder.AddCharts();
        builder.AddMessaging(bus => bus.AddChartsConsumers());
        await using var app = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        exception.Message.ShouldContain(key.Split(':')[1]);
    }
}
