using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Messaging;

public static class MessagingExtensions
{
    /// <summary>
    /// The one bus of a process, called once by the host: RabbitMQ where <see cref="MessagingOptions.RabbitMq"/> is set, else in
    /// memory. What fails for good goes to the queue's <c>_error</c> queue.
    /// </summary>
    public static WebApplicationBuilder AddMessaging(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> addConsumers)
    {
        var options = builder.Configuration.GetSection(MessagingOptions.SectionName).Get<MessagingOptions>() ?? new MessagingOptions();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            addConsumers(bus);
            bus.AddConfigureEndpointsCallback((_, _, endpoint) => endpoint.PrefetchCount = options.PrefetchCount);
            if (options.RabbitMq.Length > 0)
            {
                UseRabbitMq(bus, new Uri(options.RabbitMq));
            }
            else
            {
                bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
            }
        });
        return builder;
    }

    /// <summary>
    /// For events and commands: one that throws is tried again (<see cref="UseServiceRetry"/>), so the consumer is idempotent.
    /// The queue is <c>{service}-{consumer}</c>: two services may then listen to one event, in one process or in two, without
    /// competing for it.
    /// </summary>
    public static void AddServiceConsumer<TConsumer>(this IBusRegistrationConfigurator bus, string service)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>((_, consumer) => consumer.UseServiceRetry()).Name(service);

    /// <summary>
    /// For requests that somebody waits for: one that throws is answered with its fault at once. Trying again would repeat a
    /// call to a vendor for an asker who may be gone.
    /// </summary>
    public static void AddServiceResponder<TConsumer>(this IBusRegistrationConfigurator bus, string service)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>().Name(service);

    /// <summary>
    /// Declares an event's exchange when the bus starts. RabbitMQ refuses to bind a queue to an exchange that does not exist, and
    /// services outside of ours bind before the first event is published.
    /// </summary>
    public static void AddPublishedEvent<TEvent>(this IBusRegistrationConfigurator bus)
        where TEvent : class => bus.AddSingleton(new PublishedEvent(typeof(TEvent)));

    /// <summary>Tries again after 0.1, 1 and 5 s; then the message goes to the queue's <c>_error</c> queue.</summary>
    public static void UseServiceRetry<TConsumer>(this IConsumerConfigurator<TConsumer> consumer)
        where TConsumer : class, IConsumer => consumer.UseMessageRetry(retry => retry.Intervals(100, 1000, 5000));

    private static void Name<TConsumer>(this IConsumerRegistrationConfigurator<TConsumer> consumer, string service)
        where TConsumer : class, IConsumer =>
        consumer.Endpoint(endpoint => endpoint.Name = $"{service}-{KebabCaseEndpointNameFormatter.Instance.Consumer<TConsumer>()}");

    private static void UseRabbitMq(IBusRegistrationConfigurator bus, Uri address) =>
        bus.UsingRabbitMq((context, rabbit) =>
        {
            var secure = address.Scheme == "amqps";
            var user = address.UserInfo.Split(':', 2);
            rabbit.Host(
                address.Host,
                address.Port > 0 ? (ushort)address.Port : secure ? (ushort)5671 : (ushort)5672,
                address.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(address.AbsolutePath[1..]) : "/",
                host =>
                {
                    host.Username(Uri.UnescapeDataString(user[0]));
                    host.Password(user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
                    if (secure)
                    {
                        host.UseSsl(ssl => ssl.ServerName = address.Host);
                    }
                });
            rabbit.DeployPublishTopology = true;
            foreach (var published in context.GetServices<PublishedEvent>())
            {
                rabbit.Publish(published.Type, _ => { });
            }

            rabbit.ConfigureEndpoints(context);
        });

    private sealed record PublishedEvent(Type Type);
}
