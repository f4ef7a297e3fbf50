using ClariBI.AnalysisPlanner.Data;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Messaging.Outbox;
using ClariBI.Messaging;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace ClariBI.AnalysisPlanner.Analyses;

/// <summary>Takes questions from other services. A question that cannot be taken is answered with <see cref="AnalysisFailed"/>.</summary>
internal sealed partial class SubmitAnalysisConsumer(
    Submission submission, PlannerDbContext db, IOutbox<PlannerDbContext> outbox, TimeProvider clock, ILogger<SubmitAnalysisConsumer> logger)
    : IConsumer<SubmitAnalysis>
{
    public async Task Consume(ConsumeContext<SubmitAnalysis> context)
    {
        // Plain JSON may leave out anything.
        var command = context.Message with { Question = context.Message.Question ?? "", RequestedBy = context.Message.RequestedBy ?? "another service" };
        var problem = Check(command);
        if (problem is null)
        {
            var submitted = await SubmitAsync(command, context.CancellationToken);
            problem = (submitted as Submitted.Rejected)?.Problem;
        }

        if (problem is not null)
        {
            LogRejected(command.AnalysisId, problem.Type);
            outbox.Publish(new AnalysisFailed(
                command.AnalysisId, command.WorkspaceId, problem.Type, $"{problem.Title} {problem.Detail}", clock.GetUtcNow()));
            await db.SaveChangesAsync(context.CancellationToken);
        }
    }

    private async Task<Submitted> SubmitAsync(SubmitAnalysis command, CancellationToken cancellationToken)
    {
        try
        {
            return await submission.SubmitAsync(command, cancellationToken);
        }
        catch (PlannerProblemException exception)
        {
            return new Submitted.Rejected(exception.Problem, 503);
        }
    }

    private static PlannerProblem? Check(SubmitAnalysis command)
    {
        var fault = command switch
        {
            { AnalysisId: var id } when id == Guid.Empty => "analysisId is missing.",
            { WorkspaceId: var id } when id == Guid.Empty => "workspaceId is missing.",
            { Question: var question } when string.IsNullOrWhiteSpace(question) => "question is empty.",
            { Question.Length: > Analysis.QuestionLength } => $"question is longer than {Analysis.QuestionLength} characters.",
            _ when PlainText.HasControlCharacters(command.Question) => "question holds control characters.",
            _ when PlainText.HasControlCharacters(command.RequestedBy) => "requestedBy holds control characters.",
            _ => null,
        };
        return fault is null ? null : new PlannerProblem("validation-failed", "Some values are missing or not valid.", fault);
    }

    [LoggerMessage(LogLevel.Information, "Analysis {AnalysisId} from the bus was not taken: {Problem}.")]
    private partial void LogRejected(Guid analysisId, string problem);
}

/// <summary>The queue other services send to.</summary>
internal sealed class SubmitAnalysisDefinition : ConsumerDefinition<SubmitAnalysisConsumer>
{
    public SubmitAnalysisDefinition() => EndpointName = "analysis-requests";

    /// <summary>
    /// Beside MassTransit's envelope it takes the bare message as <c>application/json</c>, for callers that are not .NET.
    /// Not the default format: a message that says nothing about itself is taken for an envelope.
    /// </summary>
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<SubmitAnalysisConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType | RawSerializerOptions.CopyHeaders, isDefault: false);
        consumerConfigurator.UseServiceRetry();
    }
}
