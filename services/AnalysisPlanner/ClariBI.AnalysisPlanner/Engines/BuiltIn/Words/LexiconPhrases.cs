using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

/// <summary>The phrases themselves; alternatives are separated by a bar.</summary>
internal static class LexiconPhrases
{
    public static readonly (Cue Cue, string Phrases, Interval? Interval)[] All =
    [
        (Cue.HowMany, "how many|number of|count of|count|total number of|the number of|how much|amount of|total|volume of|volume|sum total of|overall number of|size of|how big|how large", null),
        (Cue.Times, "how many times|number of times|times", null),
        (Cue.HowOften, "how often|how frequently|frequency of|frequency", null),
        (Cue.Average, "average|avg|mean|on average|typical|typically|average number of|mean number of|avg number of|averages", null),
        (Cue.Median, "median", null),
        (Cue.Minimum, "minimum|min|smallest value of", null),
        (Cue.Maximum, "maximum|max|largest value of", null),
        (Cue.Sum, "sum of|sum", null),
        (Cue.PerUser, "per user|per person|per customer|per active user|per head|per account|per member|each user|per visitor|per capita|a user|does a user|per player|average user|typical user|average person|average customer|typical customer|average member|average player", null),
        (Cue.Share, "share of|percentage of|percent of|proportion of|fraction of|what percent|what percentage|percent|percentage|what share|what share of|what proportion of|what fraction of|share of active users|share of users|adoption of|adoption|adoption rate of|penetration of", null),
        (Cue.Trend, "trend|trends|trending|over time|evolution of|evolution|history of|graph|plot|timeline|chart of|line chart of|trend of|trend in|time series|developing|develop|developed|evolved|evolve|changed over time|growth|growth of|growth in|day over day trend|growing|peak|when did|when do", null),
        (Cue.Compare, "compare|comparison|compared|versus|vs|against|difference between|compared with|compared to|comparing|differ|difference in|differences between|comparison of|comparison between|in comparison to|relative to|stack up|side by side|difference", null),
        (Cue.Than, "than", null),
        (Cue.By, "by|broken down by|breakdown by|break down by|breakdown|broken down|split by|grouped by|group by|per|across|segmented by|sliced by|slice by|split|break down|distribution by|distribution of|distribution across|divided by|separated by|breakdown of|depending on|in terms of", null),
        (Cue.Each, "each|for each|for every|in each|every|on each|from each", null),
        (Cue.Top, "top|best|highest|most|biggest|largest|greatest|strongest|most popular|leading|better|more|higher|bigger|larger|most common|best performing|most often|ranked|rank|ranking|stronger|most frequent", null),
        (Cue.Bottom, "bottom|lowest|worst|least|fewest|smallest|weakest|lower|fewer|less|worse|smaller|least popular|weaker", null),
        (Cue.Which, "which|what are the|what is the|what were the|what", null),
        (Cue.Retention, "retention|retention rate|retain|retained|retains|retaining|retention curve|retention curves|come back|came back|comes back|coming back|return|returned|returns|returning|stick around|stuck around|sticks around|still active|retention rates|stay|stayed|stays|keep using|kept using|user retention|keep coming back", null),
        (Cue.Funnel, "funnel|funnels|conversion|conversions|conversion rate|conversion rates|convert|converted|converts|converting|dropoff|dropoffs|drop out|drop off|where do users drop|where do people drop|where do users dropoff|where do people dropoff|where do we lose|where are we losing|conversion funnel|cvr|rate|rates|rate of|go from|goes from|went from|go on to|went on to|goes on to|lose|losing|lost|funnel steps", null),
        (Cue.Activation, "activation|activate|activated|activation rate|user activation", null),
        (Cue.Users, "users|user|people|person|persons|customers|customer|individuals|unique users|distinct users|unique|members|member|audience|visitors|everyone|everybody|subscribers|anyone|folks|accounts|account|players|user count|user counts|user base|userbase", null),
        (Cue.ActiveUsers, "active users|active user|active people|active customers|actives|active user count|active members|active|active user counts", null),
        (Cue.NewUsers, "new users|new user|new people|new customers|first time users|newcomers|new members|new accounts|new user count|new joiners|user acquisition|user growth", null),
        (Cue.Engagement, "engagement|engaged|engage|engages|user engagement|activity|user activity|activity level|activity levels|level of engagement|how active|how active are|how engaged|how engaged are|usage", null),
        (Cue.Revenue, "revenue|revenues|sales|income|earnings|turnover|gmv|money|takings|sales revenue|earn|earned|earning|value|order value|basket value|basket size|spend|spent|spending|ticket size|aov", null),
        (Cue.Segment, "segment|segments|group of users|user segment|user segments|group|groups|user group|user groups|kind of users|type of users|kind of user|type of user|types of users|kinds of users", null),
        (Cue.Not, "except|except for|except from|except in|except on|except those from|excluding those from|excluding|exclude|not|other than|non|outside|outside of|apart from|but not|not on|not in|not from|leaving out|everyone except|ignoring|not counting|besides|minus", null),
        (Cue.Without, "without|never|did not|do not|does not|have not|has not", null),
        (Cue.Only, "only|just|solely|exclusively|limited to|restricted to|restrict to|filter to|filter by|filtered to|filtered by|filter for|filter", null),
        (Cue.Events, "events|event|actions|action|event types|event type", null),
        (Cue.Properties, "properties|property|user properties|event properties|attributes|fields|dimensions|user property|attribute", null),
        (Cue.Cohorts, "cohort|cohorts", null),
        (Cue.Charts, "chart|charts|saved chart|saved charts|report|reports|dashboard|dashboards|saved", null),
        (Cue.Track, "do we track|are we tracking|we track|tracked|track|tracking|available|exist|are there|do we have|have we got|do we collect|collected|are tracked|do we record|are available|is tracked|being tracked|we have|can i use|do you have|recorded|list", null),
        (Cue.And, "and|or|as well as|plus|along with|and also", null),
        (Cue.To, "to|then|into|and then|through to|followed by", null),
        (Cue.From, "from", null),
        (Cue.Who, "who|that|whose|who have|that have|who had|who did", null),
        (Cue.FollowUp, "what about|how about|and what about|and how about|make it|make that|instead|same|the same|same for|now|change to|change it to|switch to|break it down|break that down|break this down|split it|split that|show it|show that|do that|again|as before|also|too|and by|show this|group it|group that|compare that|compare it", null),
        (Cue.AtLeast, "at least|no less than|not less than", null),
        (Cue.Over, "more than|greater than|over|above|higher than|exceeding|larger than", null),
        (Cue.Under, "less than|fewer than|under|below|lower than|smaller than|cheaper than", null),
        (Cue.Change, "grow|grew|grown|increase|increased|decrease|decreased|change|changed|changes|fall|fell|fallen|rise|rose|risen|decline|declined|drop|dropped|go up|go down|gone up|gone down|went up|went down|up or down", null),
        (Cue.Capabilities, "what can i ask|what can you do|what can i ask you|what questions can i ask|what can you answer|what can i do here|help", null),
        (Cue.Filler, Fillers, null),
    ];

    public static readonly (Cue Cue, string Phrases, Interval Interval)[] Intervals =
    [
        (Cue.Interval, "daily|per day|by day|each day|every day|a day|day by day|by date|per calendar day", Interval.Day),
        (Cue.Interval, "weekly|per week|by week|each week|every week|a week|week by week", Interval.Week),
        (Cue.Interval, "monthly|per month|by month|each month|every month|a month|month by month", Interval.Month),
        (Cue.Interval, "hourly|per hour|by hour|each hour|every hour|hour by hour", Interval.Hour),
        (Cue.Interval, "quarterly|per quarter|by quarter|each quarter|every quarter", Interval.Quarter),
        (Cue.ActiveUsers, "dau|daus|daily actives", Interval.Day),
        (Cue.ActiveUsers, "wau|waus|weekly actives", Interval.Week),
        (Cue.ActiveUsers, "mau|maus|monthly actives", Interval.Month),
    ];

    // Words that change nothing in a question about counts. Kept narrow on purpose: each word here is one the engine may skip.
    private const string Fillers =
        "a|an|the|this|these|those|such|of|in|on|at|for|with|as|via|among|amongst|within|inside|during|over the|between|is|are|was|were|be|been|being|am|do|did|does|doing|done|have|has|had|" +
        "having|can|ca|could|would|should|shall|will|might|may|must|i|me|my|we|our|us|you|your|they|them|their|it|its|he|she|there|here|please|kindly|tell|show|give|display|find|see|let|" +
        "know|want|wanted|like|liked|would like|need|hey|hi|hello|thanks|thank|ok|okay|so|well|how|look|looks|looking|get|gets|got|got|getting|use|uses|used|using|make|makes|made|" +
        "perform|performs|performed|performing|happen|happened|happens|occur|occurred|occurs|go|going|went|come|came|calculate|compute|report on|analyze|analyse|pull|pull up|bring up|fetch|present|" +
        "data|figures|figure|numbers|number|stats|statistics|metric|metrics|values|level|levels|product|app|project|all|any|overall|some|out|up|about|actually|currently|" +
        "quick|quickly|question|wonder|wondering|curious|interested|if|visualize|visualise|draw|answer|check|right|exactly|ever|at all|in total|altogether|one|ones|when|different|various|respective|respectively|" +
        "work|working|doing on|deliver|delivers|generate|generated|generates|bring|brings|brought|produce|produced|produces|drive|drives|drove|say|whether|perhaps|maybe|" +
        "terms|case|way|ways|kind|kinds|sort|type of|types of|both|two|have the|them all|us all|step|steps|something|anything|along|take|takes|taken|per se";
}
