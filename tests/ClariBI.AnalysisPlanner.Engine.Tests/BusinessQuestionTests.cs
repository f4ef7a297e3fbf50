namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>The same kinds of questions about a business product and a marketplace.</summary>
public sealed class BusinessQuestionTests
{
    [Theory]
    [InlineData("saas", "Which segment has the highest 7-day retention?", "retention by plan_tier day 7")]
    [InlineData("saas", "Compare engagement between enterprise and starter customers", "comparison _active:average_per_user segments 2")]
    [InlineData("saas", "Show conversion in the activation funnel", "funnel Workspace Created > Integration Connected > Report Created")]
    [InlineData("saas", "how many workspaces were created last week", "single_value Workspace Created:totals")]
    [InlineData("saas", "exported reports by plan tier", "breakdown Report Exported:totals by plan_tier")]
    [InlineData("saas", "how many teammates were invited this month vs last month", "single_value Teammate Invited:totals compared")]
    [InlineData("saas", "conversion from creating a workspace to exporting a report", "funnel Workspace Created > Report Exported")]
    [InlineData("saas", "dashboards viewed per user by region", "breakdown Dashboard Viewed:average_per_user by region")]
    [InlineData("saas", "top 3 industries by report exports", "breakdown Report Exported:totals by industry")]
    [InlineData("saas", "mrr by plan tier", "breakdown Plan Upgraded:property_sum by plan_tier")]
    [InlineData("saas", "cancelled subscriptions per month", "trend Subscription Cancelled:totals month")]
    [InlineData("saas", "logins per week", "trend User Logged In:totals week")]
    [InlineData("saas", "active users in EMEA", "single_value _active:unique_users filter region=EMEA")]
    [InlineData("saas", "share of active users who exported a report", "single_value Report Exported:active_percent")]
    [InlineData("saas", "enterprise vs growth retention", "retention segments 2 day 7")]
    [InlineData("saas", "how many plan upgrades yesterday", "single_value Plan Upgraded:totals")]
    [InlineData("market", "Which segment has the highest 7-day retention?", "retention by seller_tier day 7")]
    [InlineData("market", "show conversion in the checkout funnel", "funnel Added To Cart > Checkout Started > Order Placed")]
    [InlineData("market", "Show conversion in the activation funnel", "funnel Account Created > Added To Cart")]
    [InlineData("market", "gmv by city", "breakdown Order Placed:property_sum by city")]
    [InlineData("market", "orders per week by payment method", "trend Order Placed:totals week by payment_method")]
    [InlineData("market", "average order value", "single_value Order Placed:property_average")]
    [InlineData("market", "aov", "single_value Order Placed:property_average")]
    [InlineData("market", "orders by seller tier last month", "breakdown Order Placed:totals by seller_tier")]
    [InlineData("market", "cart to order conversion by city", "funnel Added To Cart > Order Placed by city")]
    [InlineData("market", "compare gold and silver sellers", "comparison _active:unique_users segments 2")]
    [InlineData("market", "cancelled orders in Berlin", "trend Order Cancelled:totals filter city=Berlin")]
    [InlineData("market", "revenue in New York", "trend Order Placed:property_sum filter city=New York")]
    [InlineData("market", "reviews per user", "single_value Review Submitted:average_per_user")]
    [InlineData("market", "views of listings by city", "breakdown Listing Viewed:totals by city")]
    [InlineData("market", "retention of repeat buyers", "retention filter buyer_type=repeat")]
    [InlineData("market", "how many accounts were created in October vs September", "single_value Account Created:totals compared")]
    [InlineData("saas", "signup growth", "trend Workspace Created:totals")]
    [InlineData("saas", "Compare retention of enterprise and starter accounts", "retention segments 2 day 7")]
    [InlineData("saas", "how many reports were exported by fintech customers", "single_value Report Exported:totals filter industry=fintech")]
    [InlineData("saas", "invites", "trend Teammate Invited:totals")]
    [InlineData("market", "orders from card vs paypal", "comparison Order Placed:totals segments 2")]
    [InlineData("market", "best city for gmv", "breakdown Order Placed:property_sum by city")]
    [InlineData("market", "which city has the highest average order value", "breakdown Order Placed:property_average by city")]
    [InlineData("market", "cancelled orders vs placed orders per week", "trend Order Cancelled:totals Order Placed:totals week")]
    [InlineData("market", "how many reviews were submitted in Paris and Madrid last month", "single_value Review Submitted:totals filter city=Paris|Madrid")]
    public async Task A_question_means_one_query(string taxonomy, string question, string expected)
    {
        var understanding = await Ask.Of(A.Named(taxonomy), question);

        Ask.Short(understanding).ShouldBe(expected);
    }
}
