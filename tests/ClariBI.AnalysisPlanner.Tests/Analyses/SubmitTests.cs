using ClariBI.AnalysisPlanner.Tests.Hosting;
using ClariBI.Contracts.AnalysisPlanner;
using MassTransit;
using MassTransit.Serialization;

namespace ClariBI.AnalysisPlanner.Tests.Analyses;

public sealed class SubmitTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private const string Question = "How many users did Purchase in the last 7 days?";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_service_asks_and_hears_the_answer_however_often_it_sends_the_question()
    {
        var (_, workspace, _) = host.Workspace();
        var command = new SubmitAnalysis(Guid.CreateVersion7(), workspace, Question, null, null, null, "report-builder");

        var queue = await QueueAsync();
        await queue.Send(command, Ct);
        await queue.Send(command, Ct);

        (await CompletedAsync(command.AnalysisId)).Outcome.ShouldBe(AnalysisOutcome.Answered);
        await queue.Send(command, Ct);
        await PlannerHost.EndedAsync(host.Enter(workspace), command.AnalysisId);
        host.Connector.CallsFor(workspace).Count(call => call.Tool == "query_amplitude_data").ShouldBe(1);
        host.Connector.CallsFor(workspace).ShouldAllBe(call => call.RequestedBy == "report-builder");
    }

    [Fact]
    public async Task The_bare_message_is_taken_as_plain_json()
    {
        var (_, workspace, _) = host.Workspace();
        var id = Guid.CreateVersion7();

        await SendPlainAsync(new { analysisId = id, workspaceId = workspace, question = Question, requestedBy = "a script" });

        (await CompletedAsync(id)).Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_question_that_cannot_be_taken_is_answered_with_the_reason()
    {
        var (_, workspace, _) = host.Workspace();
        var (empty, homeless) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await SendPlainAsync(new { analysisId = empty, workspaceId = workspace });
        await (await QueueAsync()).Send(new SubmitAnalysis(homeless, Guid.CreateVersion7(), Question, null, null, null, "x"), Ct);

        (await FailedAsync(empty)).ProblemType.ShouldBe("validation-failed");
        (await FailedAsync(homeless)).ProblemType.ShouldBe("no-data-source");
    }

    private Task<ISendEndpoint> QueueAsync() => host.Bus.GetSendEndpoint(new Uri("queue:analysis-requests"));

    /// <summary>As a caller that knows nothing of MassTransit would: a body, and its content type.</summary>
    private async Task SendPlainAsync(object body) => await (await QueueAsync()).Send<IPlainMessage>(body, context =>
        context.Serializer = new SystemTextJsonRawMessageSerializer(RawSerializerOptions.AnyMessageType), Ct);

    private Task<AnalysisCompleted> CompletedAsync(Guid id) => FirstAsync<AnalysisCompleted>(message => message.AnalysisId == id);

    private Task<AnalysisFailed> FailedAsync(Guid id) => FirstAsync<AnalysisFailed>(message => message.AnalysisId == id);

    private async Task<T> FirstAsync<T>(Func<T, bool> match)
        where T : class => (await Eventually.GetAsync(() => Task.FromResult(host.Events.Of<T>().FirstOrDefault(match)), found => found is not null))!;

    /// <summary>Not the contract: only the body's fields count.</summary>
    public interface IPlainMessage
    {
        Guid AnalysisId { get; }

        Guid WorkspaceId { get; }

        string? Question { get; }

        string? RequestedBy { get; }
    }
}
