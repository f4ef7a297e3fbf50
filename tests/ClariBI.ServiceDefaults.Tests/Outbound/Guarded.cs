using System.Net;
using ClariBI.ServiceDefaults.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ClariBI.ServiceDefaults.Tests.Outbound;

/// <summary>The client of the product over a resolver that the test writes.</summary>
internal sealed class Guarded : IDisposable, IHostLookup
{
    private readonly ServiceProvider services;
    private readonly Dictionary<string, Queue<IPAddress[]>> names = [];

    public Guarded(OutboundOptions? options = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(Options.Create(options ?? new OutboundOptions()));
        collection.AddSingleton<IHostLookup>(this);
        collection.TryAddTransient<OutboundGuard>();
        collection.AddGuardedHttpClient("guarded");
        services = collection.BuildServiceProvider();
    }

    public int Lookups { get; private set; }

    /// <summary>What a name stands for, one answer after the other; the last one stays.</summary>
    public Guarded Name(string host, params string[][] answers)
    {
        names[host] = new(answers.Select(answer => answer.Select(IPAddress.Parse).ToArray()));
        return this;
    }

    public async Task<HttpResponseMessage> GetAsync(Uri address)
    {
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("guarded");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        return await client.GetAsync(address, limit.Token);
    }

    public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        Lookups++;
        var answers = names[host];
        return Task.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek());
    }

    public void Dispose() => services.Dispose();
}
