using System.Text.Json;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;

namespace ClariBI.AnalysisPlanner.Tests.Vendors;

public sealed class SegmentationReaderTests
{
    [Fact]
    public void Csv_in_json_gives_a_series_per_row()
    {
        var set = Read("""
            {"success":true,"data":{"isCsvResponse":true,"csvResponse":{"data":[["\tActive Users"],[],
              ["\tSegment","2026-09-01","2026-09-02","2026-09-03"],["\tAll Users",614,598,643]]}}}
            """);

        set.Periods.ShouldBe(["2026-09-01", "2026-09-02", "2026-09-03"]);
        set.Series.Single().Labels.ShouldBe(["All Users"]);
        set.Series.Single().Values.ShouldBe([614, 598, 643]);
        set.Series.Single().Total.ShouldBeNull();
    }

    [Fact]
    public void Metadata_rows_above_the_header_are_skipped_and_missing_cells_stay_unknown()
    {
        var set = Read("""
            {"data":{"csvResponse":{"data":[["\tPlays"],["\tProject","\tWeb"],["\tGenerated",2026],[],
              ["\tSegment","\tcountry","2026-09-01","2026-09-02"],["\tAll Users","\tGermany",5],["\tAll Users","\tFrance","",7]]}}}
            """);

        set.Series[0].Labels.ShouldBe(["All Users", "Germany"]);
        set.Series[0].Values.ShouldBe([5, null]);
        set.Series[1].Values.ShouldBe([null, 7]);
    }

    [Fact]
    public void Groups_past_the_limit_come_as_totals_in_a_second_block()
    {
        var set = Read("""
            {"data":{"csvResponse":{"data":[["\tPlay Content"],[],
              ["\tSegment","\tplatform","2026-11-16","2026-11-17"],["\tAll Users","\tiOS",2929,2911],[],
              ["\tSegment","\tplatform","Total"],["\tAll Users","\tWeb",5680]]}}}
            """);

        set.Periods.ShouldBe(["2026-11-16", "2026-11-17"]);
        set.Series[0].Values.ShouldBe([2929, 2911]);
        set.Series[1].Values.ShouldBeEmpty();
        set.Series[1].Total.ShouldBe(5680);
    }

    [Fact]
    public void A_total_row_belongs_to_the_group_it_names()
    {
        var set = Read("""
            {"data":{"csvResponse":{"data":[["\tSegment","\tplatform","\t","2026-11-16"],["\tAll Users","\tiOS","",10],["\tAll Users","\tWeb","\tTotal",33]]}}}
            """);

        set.Series[1].Labels.ShouldBe(["All Users", "Web"]);
        set.Series[1].Total.ShouldBe(33);
    }

    [Fact]
    public void Csv_may_come_as_one_text_with_quoted_cells()
    {
        var set = Read("""
            {"data":{"csvResponse":"\tTitle\n\n\"\tSegment\",\"\tcity\",2026-09-01\n\"\tAll Users\",\"\tPortland, \"\"OR\"\"\",12\n"}}
            """);

        set.Series.Single().Labels.ShouldBe(["All Users", "Portland, \"OR\""]);
        set.Series.Single().Values.ShouldBe([12]);
    }

    [Fact]
    public void The_json_variant_carries_the_overall_value_that_days_do_not_add_up_to()
    {
        var set = Read("""
            {"success":true,"data":{"isCsvResponse":false,"jsonResponse":{
              "xValuesForTimeSeries":["2025-01-01T00:00:00","2025-01-02T00:00:00"],"seriesLabels":[[0,"United States"]],
              "timeSeries":[[{"value":614},{"value":598}]],"overallSeries":[[{"value":983}]]}}}
            """);

        set.Series.Single().Labels[^1].ShouldBe("United States");
        set.Series.Single().Values.ShouldBe([614, 598]);
        set.Series.Single().Total.ShouldBe(983);
    }

    [Fact]
    public void A_result_of_another_form_is_a_problem_not_an_empty_chart() =>
        Should.Throw<PlannerProblemException>(() => Read("""{"success":true,"data":{"somethingElse":1}}""")).Problem.Type.ShouldBe("vendor-answer-unreadable");

    private static SeriesSet Read(string json) => SegmentationReader.Read(JsonDocument.Parse(json).RootElement);
}
