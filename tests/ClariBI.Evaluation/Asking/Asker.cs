using System.Diagnostics;
using System.Text.Json;
using ClariBI.Evaluation.Grading;
using ClariBI.Evaluation.Questions;

namespace ClariBI.Evaluation.Asking;

/// <summary>Asks questions through the public API, each in a conversation of its own.</summary>
internal sealed class Asker(Person person, IReadOnlyList<ConnectedProject> projects)
{
    /// <summary>Whoever waits longer has left.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task<Reply> AskAsync(Question question, CancellationToken ct)
    {
        var source = question.FindsItsProject ? null : Source(question.Project);
        Guid? conversation = null;
        foreach (var earlier in question.Context)
        {
            (_, conversation) = await AskAsync(earlier, source, conversation, ct);
        }

        var began = Stopwatch.GetTimestamp();
        var (reply, _) = await AskAsync(question.Text, source, conversation, ct);
        var id = projects.FirstOrDefault(project => reply.Sources.Contains(project.DataSourceId.ToString()))?.Project.Id;
        reply = reply with { Took = Stopwatch.GetElapsedTime(began), Sources = id is null ? reply.Sources : [.. reply.Sources, id] };
        return question.Expect.Chart is not null && reply.Outcome == Outcome.Answer ? await WithChartAsync(reply, ct) : reply;
    }

    /// <summary>Most people work in one project, and so does a question that names one; otherwise nothing is chosen.</summary>
    private Guid? Source(string? project)
    {
        if (project is null)
        {
            return null;
        }

        var exact = projects.Where(source => source.Project.Name == project || source.Project.Id == project).ToList();
        var named = exact.Count > 0 ? exact : projects.Where(source => source.Project.Name.Contains(project, StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count == 1 ? named[0].DataSourceId : null;
    }

    private async Task<(Reply Reply, Guid? Conversation)> AskAsync(string words, Guid? source, Guid? conversation, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        Guid? analysis = null;
        try
        {
            var asked = await person.PostAsync("/api/analyses", new { question = words, dataSourceId = source, conversationId = conversation }, limit.Token);
            analysis = asked.GetProperty("id").GetGuid();
            conversation = asked.GetProperty("conversationId").GetGuid();
            return (ReplyReader.Read(await EndedAsync(analysis.Value, limit.Token)), conversation);
        }
        catch (RefusedException problem) when (problem.Type == "data-source-required")
        {
            return (new Reply(Outcome.Clarify, problem.Words), conversation);
        }
        catch (Exception problem) when (problem is RefusedException or HttpRequestException)
        {
            return (Reply.Broken(problem.Message), conversation);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await StopAsync(analysis, ct);
            return (Reply.Broken($"no answer within {Patience.TotalSeconds} s"), conversation);
        }
    }

    private async Task<JsonElement> EndedAsync(Guid analysis, CancellationToken ct)
    {
        while (true)
        {
            var now = await person.GetAsync($"/api/analyses/{analysis}", ct);
            if (now.GetProperty("status").GetString() is not ("queued" or "running"))
            {
                return now;
            }

            await Task.Delay(Look, ct);
        }
    }

    /// <summary>Nothing goes on behind the next question's back.</summary>
    private async Task StopAsync(Guid? analysis, CancellationToken ct)
    {
        try
        {
            if (analysis is { } id)
            {
                await person.PostAsync($"/api/analyses/{id}/stop", new { }, ct);
            }
        }
        catch (Exception problem) when (problem is RefusedException or HttpRequestException)
        {
            // It counts wrong already.
        }
    }

    private async Task<Reply> WithChartAsync(Reply reply, CancellationToken ct)
    {
        using var analysis = JsonDocument.Parse(reply.Json!);
        if (!analysis.RootElement.GetProperty("answer").TryGetProperty("chartId", out var chart) || !chart.TryGetGuid(out var id))
        {
            return reply;
        }

        try
        {
            return reply with { Chart = (await person.GetAsync($"/api/charts/{id}", ct)).GetProperty("type").GetString() };
        }
        catch (RefusedException problem)
        {
            return reply with { Chart = problem.Message };
        }
    }
}
