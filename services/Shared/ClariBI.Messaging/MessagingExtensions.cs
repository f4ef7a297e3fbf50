using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace ClariBI.Messaging;

public static class MessagingExtensions
{
    /// <summary>
    /// The one bus of a process, called once by the host: RabbitMQ where <see cref="MessagingOptions.RabbitMq"/> is set, else in
    /// memory. A consumer that throws is tried again after 0.1, 1 and 5 s; then the message goes to the queue's <c>_error</c> queue.
    /// </summary>
    public static WebApplicationBuilder AddMessaging(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> addConsumers)
    {
        var options = builder.Configuration.GetSection(MessagingOptions.SectionName).Get<MessagingOptions>() ?? new MessagingOptions();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            addConsumers(bus);
            bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
            {
                endpoint.PrefetchCount = options.PrefetchCount;
                endpoint.UseMessageRetry(retry => retry.Intervals(100, 1000, 5000));
            });
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
    /// Gives the consumer the queue <c>{service}-{consumer}</c>: two services may then listen to one event, in one process or
    /// in two, without competing for it.
    /// </summary>
    public static IConsumerRegistrationConfigurator<TConsumer> AddServiceConsumer<TConsumer>(this IBusRegistrationConfigurator bus, string service)
        where TConsumer : class, IConsumer
    {
        var consumer = bus.AddConsumer<TConsumer>();
        consumer.Endpoint(endpoint => endpoint.Name = $"{service}-{KebabCaseEndpointNameFormatter.Instance.Consumer<TConsumer>()}");
        return consumer;
    }

    private static void UseRabbitMq(IBusRegistrationConfigurator bus, Uri address) =>
        bus.UsingRabbitMq((context, rabbit) =>
        {
            var user = address.UserInfo.Split(':', 2);
            rabbit.Host(
                address.Host,
                address.Port < 0 ? (ushort)5672 : (ushort)address.Port,
                address.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(address.AbsolutePath[1..]) : "/",
                host =>
                {
                    host.Username(Uri.UnescapeDataString(user[0]));
                    host.Password(user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
                });
            rabbit.ConfigureEndpoints(context);
        });
}
