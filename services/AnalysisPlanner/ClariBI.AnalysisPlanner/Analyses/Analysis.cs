using System.Text.Json;
using System.Text.Json.Serialization;
using ClariBI.Contracts;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.AnalysisPlanner.Analyses;

[JsonConverter(typeof(SnakeCaseEnumConverter<AnalysisStatus>))]
internal enum AnalysisStatus
{
    Queued,
    Running,
    Answered,
    Clarification,
    Declined,
    Failed,
    Stopped,
}

/// <summary>
/// One question's run. Every transition raises <see cref="Version"/>, a concurrency token: of two processes that believe to
/// own a run, or of a run and the person who stops it, one save wins and the other learns that it lost.
/// </summary>
internal sealed class Analysis
{
    public const int QuestionLength = 2000;
    public const int RequestedByLength = 200;

    private Analysis()
    {
    }

    public Guid Id { get; private init; }

    public Guid WorkspaceId { get; private init; }

    public Guid ConversationId { get; private init; }

    public Guid? DataSourceId { get; private init; }

    public string RequestedBy { get; private init; } = "";

    public string Question { get; private init; } = "";

    public AnalysisStatus Status { get; private set; }

    public int Attempt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Past this time a queued or running analysis is taken for lost and queued again; null once it has ended.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public string? QueryJson { get; private set; }

    public string? ResultJson { get; private set; }

    public bool HasEnded => Status is not (AnalysisStatus.Queued or AnalysisStatus.Running);

    public AnalysisQuery? Query => ReadQuery(QueryJson);

    public AnalysisResult? Result => ResultJson is null ? null : JsonSerializer.Deserialize<AnalysisResult>(ResultJson, JsonSerializerOptions.Web);

    public static Analysis Submit(SubmitAnalysis command, Guid conversationId, Guid? dataSourceId, DateTimeOffset now, TimeSpan lease) => new()
    {
        Id = command.AnalysisId,
        WorkspaceId = command.WorkspaceId,
        ConversationId = conversationId,
        DataSourceId = dataSourceId,
        RequestedBy = StoredText.Shorten(command.RequestedBy, RequestedByLength),
        Question = command.Question.Trim(),
        Status = AnalysisStatus.Queued,
        CreatedAt = now,
        LeaseUntil = now + lease,
    };

    public static AnalysisQuery? ReadQuery(string? json) => json is null ? null : JsonSerializer.Deserialize<AnalysisQuery>(json, JsonSerializerOptions.Web);

    /// <returns>False when it has ended, or another run holds the lease.</returns>
    public bool TryStart(DateTimeOffset now, TimeSpan lease)
    {
        if (HasEnded || (Status == AnalysisStatus.Running && LeaseUntil > now))
        {
            return false;
        }

        Status = AnalysisStatus.Running;
        StartedAt ??= now;
        Attempt++;
        Version++;
        LeaseUntil = now + lease;
        return true;
    }

    /// <summary>Renews the lease. Saved together with a step, it makes sure that only the lease's holder writes steps.</summary>
    public void Renew(DateTimeOffset now, TimeSpan lease) => LeaseUntil = now + lease;

    public void Finish(AnalysisResult result, DateTimeOffset now)
    {
        End(result.Status, now);
        QueryJson = result.Query is null ? null : JsonSerializer.Serialize(result.Query, JsonSerializerOptions.Web);
        ResultJson = JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
    }

    public void Stop(DateTimeOffset now) => End(AnalysisStatus.Stopped, now);

    /// <summary>Takes it from a run that died.</summary>
    public void QueueAgain(DateTimeOffset now, TimeSpan lease)
    {
        Status = AnalysisStatus.Queued;
        Version++;
        LeaseUntil = now + lease;
    }

    private void End(AnalysisStatus status, DateTimeOffset now)
    {
        Status = status;
        Version++;
        FinishedAt = now;
        LeaseUntil = null;
    }
}
