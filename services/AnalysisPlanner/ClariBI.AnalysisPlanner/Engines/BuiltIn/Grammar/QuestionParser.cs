using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>From a question to a query, or to the sentence that says why not.</summary>
internal static class QuestionParser
{
    private const int LongestQuestion = 600;

    private static readonly Cue[] Subjects =
    [
        Cue.Users, Cue.ActiveUsers, Cue.NewUsers, Cue.Engagement, Cue.Revenue, Cue.Retention, Cue.Funnel, Cue.Activation, Cue.Events, Cue.Properties, Cue.Cohorts,
        Cue.Charts, Cue.Segment,
    ];

    /// <summary>Offers only options that lead on: to an answer, or to what else is unclear in the question.</summary>
    public static Understanding Parse(EngineRequest request)
    {
        var understanding = ParseOnce(request);
        if (understanding is not Understanding.NeedsClarification question)
        {
            return understanding;
        }

        List<ClarifyingOption> options = [.. question.Options.Where(option => ParseOnce(request with { Question = option.Question }) is not Understanding.CannotAnswer)];
        return options.Count > 0
            ? question with { Options = options }
            : Say.Cannot($"The question can mean several things here, and I cannot answer any of them: {Say.Quoted(question.Options.Select(option => option.Label))}.");
    }

    private static Understanding ParseOnce(EngineRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Question))
        {
            return Say.Cannot("There is no question here yet.");
        }

        if (request.Question.Length > LongestQuestion)
        {
            return Say.Cannot($"This is longer than a question of {LongestQuestion} characters. Ask one thing at a time.");
        }

        var index = TaxonomyIndex.For(request.Taxonomy);
        var reading = Reader.Read(request.Question, index, request.Today);
        if (reading.Impossible is { } impossible)
        {
            return Say.Cannot(impossible);
        }

        if (reading.Tokens.Count == 0)
        {
            return Say.Cannot("I could not find any words in this question.");
        }

        if (reading.Has(Cue.Capabilities) && reading.Links.Count == 0)
        {
            return Say.Ask("You can ask about anything this project tracks. For example:", SuggestedQuestions.For(request.Taxonomy).Select(question => (question, question)));
        }

        return Leftover(reading, numbers: false) ?? Understand(reading, request);
    }

    private static Understanding Understand(Reading reading, EngineRequest request)
    {
        var resolved = Resolver.Resolve(reading);
        if (resolved.Draft is not { } draft)
        {
            return resolved.Early!;
        }

        Segmenting.Apply(draft);
        if (Ranges.Apply(draft) is { Early: { } early })
        {
            return early;
        }

        if (Leftover(reading, numbers: true) is { } leftover)
        {
            return leftover;
        }

        if (reading.Cues.Any(hit => hit.Cue == Cue.By && IsDangling(reading, hit)))
        {
            return Say.Cannot("The question asks for a breakdown, and I cannot tell by which property.");
        }

        var hasSubject = draft.Events.Count > 0 || draft.Amount is not null || draft.Chart is not null || draft.Cohort is not null || Subjects.Any(reading.Has);
        if (FollowUps.Apply(draft, request.Conversation, hasSubject) is { } followUp)
        {
            return followUp;
        }

        if (!hasSubject && draft.GroupBy.Count == 0 && draft.Segments.Count == 0)
        {
            return Say.Cannot("The question does not name anything in this project\u2019s data: no event, no property and no kind of user.");
        }

        return Dispatch(draft);
    }

    private static Understanding Dispatch(Draft draft)
    {
        if (draft.Chart is { } chart)
        {
            return SavedChartRule.Apply(draft, chart);
        }

        if (ListRule.Apply(draft) is { } list)
        {
            return list;
        }

        if (draft.Reading.Has(Cue.Cohorts) && draft.Cohort is null && !draft.Reading.Has(Cue.Retention))
        {
            return Say.Cannot("I found no cohort of this name in the project.");
        }

        var hasTwoSides = draft.Segments.Count > 0 || draft.GroupBy.Count > 0 || draft.CompareTo is not null || draft.Events.Select(item => item.Info).Distinct().Count() > 1;
        if (draft.IsComparison && !hasTwoSides)
        {
            return Say.Cannot("A comparison needs two sides that I know: two values of one property, two events or two periods.");
        }

        if (draft.Reading.RetentionDay is not null && !draft.Reading.Has(Cue.Retention))
        {
            return Say.Cannot("The question names a number of days and I cannot tell what it belongs to.");
        }

        if (draft.Reading.Has(Cue.Retention))
        {
            return RetentionRule.Apply(draft);
        }

        if (ShareRule.Applies(draft))
        {
            return ShareRule.Apply(draft);
        }

        return FunnelRule.Applies(draft) ? FunnelRule.Apply(draft) : CountRule.Apply(draft);
    }

    /// <summary>"Purchases by" and nothing behind it that means something; "platform breakdown" has it in front.</summary>
    private static bool IsDangling(Reading reading, CueHit by)
    {
        var next = by.End;
        while (reading.Cues.FirstOrDefault(hit => hit.Start == next && hit.Cue == Cue.Filler) is { } filler)
        {
            next = filler.End;
        }

        return reading.Links.All(link => link.Start != next && (link.End != by.Start || reading.Tokens[by.Start].Word is not ("breakdown" or "split" or "distribution")))
            && reading.Cues.All(hit => hit.Start != next)
            && reading.Dates.All(date => next < date.Start || next >= date.End)
            && reading.RetentionDay is null;
    }

    /// <summary>Words nobody claimed carry meaning that would be lost.</summary>
    private static Understanding? Leftover(Reading reading, bool numbers)
    {
        var words = reading.Unclaimed.Where(position => numbers || !reading.Tokens[position].IsNumber).Select(position => reading.Tokens[position]).ToList();
        if (words.Count == 0)
        {
            return null;
        }

        return words.Any(word => word.Word == "why")
            ? Say.Cannot("I can show what happened and split it by a property, but I cannot yet explain why it happened.")
            : Say.Unknown([.. words.Select(word => word.Text).Distinct()]);
    }
}
