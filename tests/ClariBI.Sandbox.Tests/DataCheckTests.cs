namespace ClariBI.Sandbox.Tests;

/// <summary>A folder that cannot be served ends the start with a sentence that names the place, and exit code 1.</summary>
public sealed class DataCheckTests : IAsyncDisposable
{
    private readonly DataFolder folder = new();

    [Fact]
    public async Task Every_mistake_in_the_organisations_is_named()
    {
        folder.With("7.jsonl").With("org.json", """
            {"user":{"name":"A","email":"a@b.example"},
             "accounts":[{"name":"B","email":"a@b.example","mcp":["admin"],"organisations":["nowhere"]}],
             "organisations":[{"id":"own","name":"Own","region":"mars","projects":[
               {"id":"7","name":"Shop","timeZone":"Mars/Base","weekStart":"Monday",
                "charts":[{"id":"a","name":"A"},{"id":"a","name":"A","definition":{"type":"funnel"}},{"id":"b","name":"B","chart":{"kind":"pie"}}],
                "cohorts":[{"id":"c","name":"C","definition":{}}],
                "dashboards":[{"id":"d","name":"D","rows":[{"height":100,"items":[{"type":"chart","width":2,"chartId":"zzz"},{"type":"rich_text","width":12}]}]}],
                "metrics":[{"id":"m","name":"M","chart":{"kind":"sessions"}}],
                "experiments":[{"id":"x1","key":"k","name":"K","start":"21.11.2026","end":"2026-11-01","state":"odd","decision":"none","variants":[{"key":"a","name":"A","weight":0}],"metrics":[{"metricId":"n","goal":"best"}]}],
                "feedback":{"comments":[{"id":"f","sourceId":"s","at":"soon","text":"T"}],"insights":[{"id":"i","type":"joke","title":"T","summary":"S","commentIds":["g"]}]}},
               {"id":"7","name":"Again","timeZone":"UTC"}]}]}
            """);

        var (exitCode, errors) = await folder.RunAsync();

        exitCode.ShouldBe(1);
        errors.ShouldNotContain("   at ");
        errors.Split('\n').Length.ShouldBeLessThan(24, "twenty mistakes are enough to say");
        foreach (var expected in new[]
        {
            "org.json has ", "user and accounts: the email a@b.example is there 2 times", "accounts[0].mcp: takes read and write", "accounts[0].organisations: there is no organisation nowhere", "projects: the id 7 is there 2 times",
            "charts: the id a is there 2 times", "organisations[0].region: takes us or eu", "organisations[0].projects[0].timeZone: Mars/Base is not an IANA time zone", "organisations[0].projects[0].weekStart: takes monday or sunday",
            "charts[0]: chart a needs either chart (typed) or definition (raw)", "charts[1].definition.type: takes one of eventsSegmentation", "charts[2].chart.kind: takes one of segmentation", "cohorts[0].definition.andClauses",
            "metrics[0].chart.kind: takes segmentation or funnel", "rows[0].height: takes 375, 500, 625 or 750", "items[0].width: takes 3 to 12", "the project has no chart zzz",
        })
        {
            errors.ShouldContain(expected);
        }
    }

    [Fact]
    public async Task Every_mistake_in_experiments_and_feedback_is_named()
    {
        folder.With("7.jsonl").With("org.json", DataFolder.Organisation("""
            ,"experiments":[{"id":"x1","key":"k","name":"K","start":"21.11.2026","end":"2026-11-01","state":"odd","decision":"none","variants":[{"key":"a","name":"A","weight":0}],"metrics":[{"metricId":"n","goal":"best"}]}],
            "feedback":{"comments":[{"id":"f","sourceId":"s","at":"soon","text":"T"}],"insights":[{"id":"i","type":"joke","title":"T","summary":"S","commentIds":["g"]}]}
            """));

        var (exitCode, errors) = await folder.RunAsync();

        exitCode.ShouldBe(1);
        foreach (var expected in new[]
        {
            "experiments[0].id: takes digits", "experiments[0].state", "experiments[0].start: takes a date", "experiments[0].end: lies before the start", "experiments[0].variants: at least two", "weights are above 0", "there is no variant none",
            "metrics[0].metricId: the project has no metric n", "metrics[0].goal", "comments[0].sourceId: there is no source s", "comments[0].at: takes a time", "insights[0].type", "insights[0].commentIds: there is no comment g",
        })
        {
            errors.ShouldContain(expected);
        }
    }

    [Theory]
    [InlineData("""{"user":{"name":"A","email":"a"},"organisations":[""", "org.json, line 2: not valid JSON")]
    [InlineData("null", "org.json is empty")]
    [InlineData("""{"organisations":[]}""", "'user' is required")]
    [InlineData("""{"user":{"name":"A","email":"a"},"organisations":[]}""", "organisations: at least one is needed")]
    [InlineData("""{"user":{"name":"A","email":"a"},"organisations":[{"id":"o","name":"O","projects":[{"id":"7","name":"S"}]}]}""", "organisations[0].projects[0]: 'timeZone' is required")]
    [InlineData("""{"user":{"name":"A","email":"a"},"organisations":[{"id":"o","name":"O","projects":[{"id":7,"name":"S","timeZone":"UTC"}]}]}""", "organisations[0].projects[0].id: the value has the wrong type")]
    [InlineData("""{"user":{"name":"A","email":"a"},"organisations":[{"id":"o","name":"O","projects":[{"id":"7","name":"S","timeZone":"UTC","charts":[null]}]}]}""", "organisations[0].projects[0].charts[0]: null is not allowed")]
    [InlineData("""{"user":{"name":"A","email":"a"},"organisations":[{"id":"o","name":"O","projects":[{"id":"7","name":"S","timeZone":"UTC","charts":null}]}]}""", "charts: null is not allowed")]
    [InlineData("""{"user":{"name":"A","email":"a"},"organisations":[{"id":"o","name":"O","projects":[{"id":"8","name":"S","timeZone":"UTC"}]}]}""", "Project 8 has no events: ")]
    [InlineData("""{"user":{"name":"A","email":"a"},"organisations":[{"id":"o","name":"O","projects":[{"id":"8","name":"S","timeZone":"UTC","events":"../8.jsonl"}]}]}""", "events names ../8.jsonl")]
    public async Task A_file_that_cannot_be_used_says_where(string organisation, string expected)
    {
        var (exitCode, errors) = await folder.With("7.jsonl").With("org.json", organisation).RunAsync();

        exitCode.ShouldBe(1);
        errors.ShouldContain(expected);
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Events_without_an_org_json_are_not_written_over()
    {
        var (exitCode, errors) = await folder.With("7/7/export.json", "{}").RunAsync();

        exitCode.ShouldBe(1);
        errors.ShouldContain("holds event files but no org.json");
        File.Exists(Path.Combine(folder.Path, "org.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_zip_that_is_none_is_named()
    {
        var (exitCode, errors) = await folder.With("7.jsonl.gz", "plain text").With("org.json", DataFolder.Organisation("")).RunAsync();

        exitCode.ShouldBe(1);
        errors.ShouldContain("7.jsonl.gz is not a readable gzip file");
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
