using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Data;

/// <summary>The part of <see cref="OrganisationCheck"/> that looks inside one project.</summary>
internal static class ProjectContentCheck
{
    private static readonly string[] TypedKinds = ["segmentation", "funnel", "retention", "sessions", "data_table"];

    private static readonly string[] RawTypes =
        ["eventsSegmentation", "funnels", "retention", "sessions", "revenueLtv", "dataTableV2", "customerJourney", "composition", "stickiness", "metricExplorer"];

    public static void Check(Problems problems, Project project, string place)
    {
        foreach (var (chart, at) in Numbered(project.Charts, $"{place}.charts"))
        {
            problems.Require(chart.Chart is null != chart.Definition is null, at, $"chart {chart.Id} needs either chart (typed) or definition (raw)");
            problems.Require(chart.Chart is null || TypedKinds.Contains(Text(chart.Chart["kind"])), $"{at}.chart.kind", $"takes one of {string.Join(", ", TypedKinds)}");
            problems.Require(chart.Definition is null || RawTypes.Contains(Text(chart.Definition["type"])), $"{at}.definition.type", $"takes one of {string.Join(", ", RawTypes)}");
        }

        foreach (var (cohort, at) in Numbered(project.Cohorts, $"{place}.cohorts"))
        {
            problems.Require(cohort.Definition["andClauses"] is JsonArray { Count: > 0 }, $"{at}.definition.andClauses", "a list with at least one clause is needed");
        }

        foreach (var (metric, at) in Numbered(project.Metrics, $"{place}.metrics"))
        {
            problems.Require(Text(metric.Chart["kind"]) is "segmentation" or "funnel", $"{at}.chart.kind", "takes segmentation or funnel");
        }

        foreach (var (board, at) in Numbered(project.Dashboards, $"{place}.dashboards"))
        {
            CheckRows(problems, project, board.Rows, at);
        }

        foreach (var (notebook, at) in Numbered(project.Notebooks, $"{place}.notebooks"))
        {
            CheckRows(problems, project, notebook.Rows, at);
        }

        foreach (var (experiment, at) in Numbered(project.Experiments, $"{place}.experiments"))
        {
            CheckExperiment(problems, project, experiment, at);
        }

        problems.RequireUnique(project.Experiments, experiment => experiment.Key, $"{place}.experiments", "key");
        problems.RequireUnique(project.Flags, flag => flag.Key, $"{place}.flags", "key");
        CheckFeedback(problems, project.Feedback, $"{place}.feedback");
    }

    private static void CheckRows(Problems problems, Project project, BoardRow[] rows, string place)
    {
        foreach (var (row, at) in Numbered(rows, $"{place}.rows"))
        {
            problems.Require(row.Height is 375 or 500 or 625 or 750, $"{at}.height", "takes 375, 500, 625 or 750");
            problems.Require(row.Items.Length > 0 && row.Items.Sum(item => item.Width) <= 12, $"{at}.items", "widths add up to 12 at most");
            foreach (var (item, here) in Numbered(row.Items, $"{at}.items"))
            {
                problems.Require(item.Type is "chart" or "rich_text", $"{here}.type", "takes chart or rich_text");
                problems.Require(item.Width is >= 3 and <= 12, $"{here}.width", "takes 3 to 12");
                problems.Require(item.Type != "chart" || Array.Exists(project.Charts, chart => chart.Id == item.ChartId), $"{here}.chartId", $"the project has no chart {item.ChartId}");
                problems.Require(item.Type != "rich_text" || item.Content is not null, $"{here}.content", "a rich_text item needs it");
            }
        }
    }

    private static void CheckExperiment(Problems problems, Project project, Experiment experiment, string place)
    {
        problems.Require(experiment.Id.Length > 0 && experiment.Id.All(char.IsAsciiDigit), $"{place}.id", "takes digits");
        problems.Require(experiment.State is "running" or "decision-made" or "planned", $"{place}.state", "takes running, decision-made or planned");
        problems.RequireDate(experiment.Start, $"{place}.start");
        problems.RequireDate(experiment.End, $"{place}.end");
        problems.Require(experiment.End is null || string.CompareOrdinal(experiment.Start, experiment.End) <= 0, $"{place}.end", "lies before the start");
        problems.Require(experiment.Variants.Length >= 2, $"{place}.variants", "at least two are needed, the control first");
        problems.RequireUnique(experiment.Variants, variant => variant.Key, $"{place}.variants", "key");
        problems.Require(Array.TrueForAll(experiment.Variants, variant => variant.Weight > 0), $"{place}.variants", "weights are above 0");
        problems.Require(experiment.Decision is null || Array.Exists(experiment.Variants, variant => variant.Key == experiment.Decision), $"{place}.decision", $"there is no variant {experiment.Decision}");
        foreach (var (metric, at) in Numbered(experiment.Metrics, $"{place}.metrics"))
        {
            problems.Require(Array.Exists(project.Metrics, saved => saved.Id == metric.MetricId), $"{at}.metricId", $"the project has no metric {metric.MetricId}");
            problems.Require(metric.Goal is "success" or "guardrail", $"{at}.goal", "takes success or guardrail");
        }
    }

    private static void CheckFeedback(Problems problems, Feedback feedback, string place)
    {
        problems.RequireUnique(feedback.Sources, source => source.Id, $"{place}.sources", "id");
        problems.RequireUnique(feedback.Comments, comment => comment.Id, $"{place}.comments", "id");
        problems.RequireUnique(feedback.Insights, insight => insight.Id, $"{place}.insights", "id");
        foreach (var (comment, at) in Numbered(feedback.Comments, $"{place}.comments"))
        {
            problems.Require(Array.Exists(feedback.Sources, source => source.Id == comment.SourceId), $"{at}.sourceId", $"there is no source {comment.SourceId}");
            problems.Require(DateTimeOffset.TryParse(comment.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _), $"{at}.at", "takes a time such as 2026-11-21T10:00:00Z");
        }

        foreach (var (insight, at) in Numbered(feedback.Insights, $"{place}.insights"))
        {
            problems.Require(insight.Type is "request" or "complaint" or "lovedFeature" or "bug" or "painPoint", $"{at}.type", "takes request, complaint, lovedFeature, bug or painPoint");
            foreach (var id in insight.CommentIds.Where(id => !Array.Exists(feedback.Comments, comment => comment.Id == id)))
            {
                problems.Add($"{at}.commentIds", $"there is no comment {id}");
            }
        }
    }

    private static IEnumerable<(T Item, string Place)> Numbered<T>(T[] items, string place) => items.Select((item, index) => (item, $"{place}[{index}]"));

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
