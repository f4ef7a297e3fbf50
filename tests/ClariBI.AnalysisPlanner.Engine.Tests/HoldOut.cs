namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>Wordings written down before the engine was tuned, and not used to tune it. Format: taxonomy | question | outcome in short.</summary>
internal static class HoldOut
{
    public static readonly string[] Lines =
    [
        "media | What was the number of signups yesterday? | single_value Sign Up:totals",
        "media | How many folks finished onboarding this month | single_value Complete Onboarding:unique_users",
        "media | Give me the trend of purchases over the last 90 days | trend Purchase:totals",
        "media | Break down active users by country | breakdown _active:unique_users by country",
        "media | Which platform do most of our users use? | breakdown _active:unique_users by platform",
        "media | Do iOS users retain better than Android users? | retention segments 2 day 7",
        "media | How well do family plan customers come back after 14 days? | retention filter plan=family day 14",
        "media | What percentage of active users shared content last month? | single_value Share Content:active_percent",
        "media | Where do people drop off between sign up and purchase? | funnel Sign Up > Purchase",
        "media | searches per user by platform | breakdown Search:average_per_user by platform",
        "media | bottom 3 channels by new users | breakdown _new:unique_users by channel",
        "media | How much revenue did we make in September? | single_value Purchase:property_sum",
        "media | Show me monthly active users | trend _active:unique_users month",
        "media | trials started by referral users this quarter | trend Start Trial:totals filter channel=referral",
        "media | Compare purchases on iOS, Android and Web | comparison Purchase:totals segments 3",
        "media | Did signups grow week over week? | single_value Sign Up:totals compared",
        "media | How many users invited freinds last week? | single_value Invite Friend:unique_users",
        "media | what's the churn probability of our best customer | decline",
        "media | Translate this page into French | decline",
        "media | What is the average session length? | decline",
        "saas | How many workspaces were created last month? | single_value Workspace Created:totals",
        "saas | Which industry exports the most reports? | breakdown Report Exported:totals by industry",
        "saas | teammate invites by plan tier | breakdown Teammate Invited:totals by plan_tier",
        "saas | Compare retention of enterprise and starter accounts | retention segments 2 day 7",
        "saas | conversion from workspace creation to inviting a teammate | funnel Workspace Created > Teammate Invited",
        "saas | weekly dashboards created by enterprise users | trend Dashboard Created:totals week filter plan_tier=enterprise",
        "market | Total GMV last month | single_value Order Placed:property_sum",
        "market | top 10 cities by orders | breakdown Order Placed:totals by city",
        "market | How many buyers placed an order yesterday? | single_value Order Placed:unique_users",
        "market | From viewing a listing to placing an order, what's the conversion in Berlin? | funnel Listing Viewed > Order Placed filter city=Berlin",
        "market | average order value by seller tier | breakdown Order Placed:property_average by seller_tier",
        "market | orders excluding gold sellers this month | trend Order Placed:totals filter seller_tier!=gold",
        "market | what are our most popular listings | decline",
        "market | weekly new users by city | trend _new:unique_users week by city",
    ];
}
