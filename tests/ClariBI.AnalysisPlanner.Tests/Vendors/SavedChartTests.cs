using System.Text.Json;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Tests.Vendors;

public sealed class SavedChartTests
{
    [Fact]
    public void A_typed_chart_becomes_a_query_although_typed_reads_rename_a_field()
    {
        var query = TypedDefinition.Read(Json("""
            {"kind":"segmentation","events":[{"event":"Purchase","group_by":[{"property":"$revenue","scope":"event"}]}],
             "measured_as":{"as_":"property_sum"},"group_by":[{"property":"plan","scope":"user"}],"interval":"week","date_range":{"relative":"Last 12 Weeks"}}
            """)).ShouldNotBeNull();

        query.Kind.ShouldBe(QueryKind.Trend);
        query.Measures.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            measure => measure.Aggregation.ShouldBe(Aggregation.PropertySum),
            measure => measure.Property.ShouldBe("$revenue"));
        query.GroupBy.ShouldBe([new GroupBy("plan", PropertyScope.User)]);
        query.Range.ShouldBe(DateRange.Calendar(Interval.Week, 0, 12));
    }

    [Fact]
    public void A_funnel_and_its_raw_twin_say_the_same()
    {
        var typed = TypedDefinition.Read(Json("""
            {"kind":"funnel","steps":[{"event":"a"},{"event":"b"}],"conversion_window":{"value":1,"unit":"week"},"date_range":{"relative":"Last 30 Days"}}
            """)).ShouldNotBeNull();
        var raw = RawDefinitionReader.Read(Json("""
            {"type":"funnels","params":{"range":"Last 30 Days","events":[{"event_type":"a","filters":[]},{"event_type":"b","filters":[]}],"conversionSeconds":604800,"order":"this_order","segments":[{"conditions":[]}]}}
            """)).ShouldNotBeNull();

        foreach (var query in new[] { typed, raw })
        {
            query.Steps.Select(step => step.Event).ShouldBe(["a", "b"]);
            query.ConversionWindowDays.ShouldBe(7);
            query.Range.ShouldBe(DateRange.LastDays(30));
        }
    }

    [Theory]
    [InlineData("""{"kind":"segmentation","events":[{"event":"a"}],"measured_as":{"as":"formula","formula":"UNIQUES(A)"},"date_range":{"relative":"Last 7 Days"}}""")]
    [InlineData("""{"kind":"segmentation","events":[{"event":"a","where":[{"property":"p","op":"glob match","values":["x*"]}]}],"date_range":{"relative":"Last 7 Days"}}""")]
    [InlineData("""{"kind":"segmentation","events":[{"event":"a"}],"segments":[{"where":[],"performed":[{"event":"b"}]},{"where":[{"property":"p","op":"is","values":["x"]}],"performed":[{"event":"b"}]}],"date_range":{"relative":"Last 7 Days"}}""")]
    [InlineData("""{"kind":"retention","retention_method":"bracket","retention_brackets":[[0,7]],"date_range":{"relative":"Last 7 Days"}}""")]
    [InlineData("""{"kind":"segmentation","events":[{"event":"a"}],"date_range":{"relative":"Since the flood"}}""")]
    public void What_a_query_cannot_say_exactly_is_left_alone(string chart) => TypedDefinition.Read(Json(chart)).ShouldBeNull();

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
