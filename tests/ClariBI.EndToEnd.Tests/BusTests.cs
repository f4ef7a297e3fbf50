using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Shouldly;
using Xunit;

namespace ClariBI.EndToEnd.Tests;

/// <summary>Another service, in any language, asks over RabbitMQ with plain JSON and hears the answer.</summary>
[Collection("product")]
public sealed class BusTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_in_plain_json_is_answered_by_an_event()
    {
        if (!Product.IsDistributed)
        {
            return; // There is no broker in the all-in-one process.
        }

        using var ada = await Person.RegisterAsync(Ct);
        var session = await ada.GetAsync("/api/session", Ct);
        await ada.ConnectSandboxAsync(Ct);

        await using var connection = await new ConnectionFactory { Uri = new Uri(Product.RabbitMq!) }.CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Ct)).QueueName;
        await channel.QueueBindAsync(queue, "ClariBI.Contracts.AnalysisPlanner:AnalysisCompleted", "", cancellationToken: Ct);
        var heard = Channel.CreateUnbounded<JsonElement>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            heard.Writer.TryWrite(JsonDocument.Parse(message.Body).RootElement.GetProperty("message").Clone());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, Ct);

        var analysisId = Guid.NewGuid();
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            analysisId,
            workspaceId = session.GetProperty("workspace").GetProperty("id").GetGuid(),
            question = "How many purchases in the last 7 days?",
            requestedBy = "nightly report",
        });
        await channel.BasicPublishAsync(
            "", "analysis-requests", mandatory: true, new BasicProperties { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent }, body, Ct);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await foreach (var completed in heard.Reader.ReadAllAsync(limit.Token))
        {
            if (completed.GetProperty("analysisId").GetGuid() == analysisId)
            {
                completed.GetProperty("outcome").GetString().ShouldBe("answered");
                completed.GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
                completed.GetProperty("table").GetProperty("rows").GetArrayLength().ShouldBeGreaterThan(0);
                (await ada.GetAsync($"/api/analyses/{analysisId}", Ct)).GetProperty("status").GetString().ShouldBe("answered");
                return;
            }
        }

        Encoding.UTF8.GetString(body).ShouldBe("answered", "no AnalysisCompleted came");
    }
}
