using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>A sandbox on a real port whose error log the tests can read.</summary>
internal sealed class FuzzedSandbox : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-fuzz-").FullName;
    private readonly Factory factory;

    public FuzzedSandbox(params (string Name, string Value)[] settings)
    {
        factory = new([("data", folder), ("users", "300"), ("now", "2026-11-20T15:00:00Z"), .. settings], Errors);
        factory.UseKestrel(0);
        factory.StartServer();
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = factory.ClientOptions.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Http { get; }

    /// <summary>What the server logged at Error or above.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public async Task<McpWire> ConnectAsync(string scope = "mcp:read mcp:write") => await McpWire.OpenAsync(Http, await Person.SignInAsync(Http, scope));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await factory.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Factory((string Name, string Value)[] settings, ConcurrentQueue<string> errors) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production").ConfigureLogging(logging => logging.ClearProviders().AddFilter(level => level >= LogLevel.Error).AddProvider(new ErrorLog(errors)));
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }
        }
    }

    private sealed class ErrorLog(ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
