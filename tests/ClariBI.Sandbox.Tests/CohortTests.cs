namespace ClariBI.Sandbox.Tests;

/// <summary>Cohorts of users by how often they did something: A ordered twice, B once, C only looked.</summary>
public sealed class CohortTests : IAsyncDisposable
{
    private readonly DataFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Theory]
    [InlineData(">=", 2, 1)]
    [InlineData("<", 2, 2)]
    [InlineData("<=", 0, 1)]
    [InlineData("=", 0, 1)]
    [InlineData("=", 1, 1)]
    [InlineData(">=", 0, 3)]
    public async Task Who_never_did_it_did_it_0_times(string op, int times, int expected)
    {
        await using var tools = await OpenAsync($$""" "operator":"{{op}}","operator_value":{{times}},"time_type":"rolling","time_value":30,"metric":null,"offset":0,"group_by":[],"interval":1 """);

        var reply = await tools.ReadAsync("use_amplitude_cohorts", """{"action":"get","cohortIds":["c"]}""");

        reply.GetProperty("cohorts")[0].GetProperty("size").GetInt32().ShouldBe(expected);
    }

    [Theory]
    [InlineData(""" "operator":">=","filters":[] """, "filters: Unrecognized key")]
    [InlineData(""" "operator":">=","offset":7 """, "offset: Input should be 0")]
    [InlineData(""" "operator":">=","time_value":4000 """, "time_value: Input should be from 1 to 3660")]
    [InlineData(""" "operator":">=","time_type":"absolute" """, "time_type: Input should be rolling")]
    public async Task A_clause_that_would_not_be_looked_at_is_refused(string fields, string expected)
    {
        await using var tools = await OpenAsync(fields);

        (await tools.FailAsync("use_amplitude_cohorts", """{"action":"get","cohortIds":["c"]}""")).ShouldContain(expected);
    }

    private Task<Tools> OpenAsync(string fields) => folder.With("7.jsonl", Line("Order", "A"), Line("Order", "A"), Line("Order", "B"), Line("View", "C"))
        .OpenAsync($$""" ,"cohorts":[{"id":"c","name":"C","definition":{"version":3,"andClauses":[{"orClauses":[{"type":"event","type_value":"Order",{{fields}} }]}]} }] """);

    private static string Line(string type, string user) => $$"""{"event_type":"{{type}}","event_time":"2026-11-21 10:00:00","user_id":"{{user}}","event_properties":{},"user_properties":{} }""";
}
