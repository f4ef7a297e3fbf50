using System.Text.Json;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Tests.Vendors;

public sealed class FunnelAndRetentionTests
{
    private static readonly AnalysisQuery Funnel = new()
    {
        Kind = QueryKind.Funnel,
        Steps = [new FunnelStep("View Signup"), new FunnelStep("Complete Signup")],
        Range = DateRange.LastDays(30),
    };

    private static readonly AnalysisQuery Retention = new()
    {
        Kind = QueryKind.Retention,
        Retention = new RetentionSpec(SpecialEvents.NewUser, SpecialEvents.AnyActive, 1),
        Range = DateRange.LastDays(30),
    };

    [Fact]
    public void A_funnel_shows_users_the_share_of_the_first_step_and_the_median_time_in_seconds()
    {
        var table = FunnelTable.Build(Funnel, FunnelReader.Read(Json("""
            {"success":true,"data":{"isCsvResponse":false,"jsonResponse":{"data":[{"meta":{"segmentIndex":0},"events":["View Signup","Complete Signup"],
              "cumulativeRaw":[200,50],"cumulative":[1.0,0.25],"stepByStep":[1.0,0.25],"medianTransTimes":[0,166444],"groupValue":null}],"numSeries":1}}}
            """)));

        table.Shape.ShouldBe(TableShape.Funnel);
        table.Columns.Select(column => column.Name).ShouldBe(["step", "users", "share", "median_seconds"]);
        table.Rows[0].ShouldBe(["View Signup", 200d, 1d, Cell.Empty]);
        table.Rows[1].ShouldBe(["Complete Signup", 50d, 0.25d, 166.444d]);
    }

    [Fact]
    public void A_funnel_by_segment_has_columns_per_segment_under_its_own_name()
    {
        var query = Funnel with { Segments = [new Segment("Paid", []), new Segment("Organic", [])] };
        var table = FunnelTable.Build(query, FunnelReader.Read(Json("""
            {"data":{"jsonResponse":{"data":[
              {"meta":{"segmentIndex":1},"events":["View Signup","Complete Signup"],"cumulativeRaw":[300,60],"groupValue":null},
              {"meta":{"segmentIndex":0},"events":["View Signup","Complete Signup"],"cumulativeRaw":[100,50],"groupValue":null}]}}}
            """)));

        table.Columns.Select(column => column.Name).ShouldBe(["step", "organic_users", "organic_share", "paid_users", "paid_share"]);
        table.Rows[1].ShouldBe(["Complete Signup", 60d, 0.2d, 50d, 0.5d]);
    }

    [Fact]
    public void Retention_is_weighted_over_the_cohorts_whose_day_is_over()
    {
        var table = RetentionTable.Build(Retention, RetentionReader.Read(Json("""
            {"data":{"jsonResponse":{"series":[{"dates":["Aug 15","Aug 14"],"values":{
              "Aug 14":[{"count":100,"outof":100,"incomplete":false},{"count":80,"outof":100,"incomplete":false},{"count":30,"outof":100,"incomplete":false},{"count":4,"outof":100,"incomplete":true}],
              "Aug 15":[{"count":50,"outof":50,"incomplete":false},{"count":40,"outof":50,"incomplete":false},{"count":1,"outof":50,"incomplete":true}]}}],
              "seriesMeta":[{"segmentIndex":0,"eventIndex":0}]}}}
            """)));

        table.Columns.Select(column => column.Name).ShouldBe(["day", "all", "all_users"]);
        table.Rows[0].ShouldBe([0d, 120d / 150, 150d]);
        table.Rows[1].ShouldBe([1d, 0.3d, 100d]);
        table.Rows[2].ShouldBe([2d, 0.04d, 100d]);
        table.IncompleteRows.ShouldBe([2]);
    }

    [Fact]
    public void Retention_by_group_has_a_column_per_value()
    {
        var query = Retention with { GroupBy = [new GroupBy("channel", PropertyScope.User)] };
        var table = RetentionTable.Build(query, RetentionReader.Read(Json("""
            {"data":{"jsonResponse":{"series":[
              {"values":{"Aug 14":[{"count":10,"outof":10},{"count":9,"outof":10}]}},
              {"values":{"Aug 14":[{"count":20,"outof":20},{"count":10,"outof":20}]}}],
              "seriesMeta":[{"segmentIndex":0,"groupValue":"email"},{"segmentIndex":0,"groupValue":"paid search"}]}}}
            """)));

        table.Columns.Select(column => column.Name).ShouldBe(["day", "paid_search", "paid_search_users", "email", "email_users"]);
        table.Rows[0].ShouldBe([0d, 0.5d, 20d, 0.9d, 10d]);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
