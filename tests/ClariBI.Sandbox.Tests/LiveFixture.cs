[assembly: AssemblyFixture(typeof(ClariBI.Sandbox.Tests.LiveFixture))]

namespace ClariBI.Sandbox.Tests;

/// <summary>One live sandbox for the tests that leave its settings alone and switch no faults on.</summary>
public sealed class LiveFixture : IAsyncDisposable
{
    internal LiveSandbox Sandbox { get; } = new();

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}
