namespace ClariBI.Connector.Mcp;

/// <summary>
/// One run of the same work for all who want it at the same time. It ends early only when the last of them has left: nobody's
/// impatience costs the others their result.
/// </summary>
internal sealed class Flights<TKey, TState, T>
    where TKey : notnull
    where TState : class, new()
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Flight> flights = [];

    /// <param name="board">Called under a lock with what all on this flight share, before anything starts.</param>
    /// <param name="start">Begins the work, unless it is under way.</param>
    public Seat Board(TKey key, Action<TState> board, Func<TState, CancellationToken, Task<T>> start)
    {
        lock (gate)
        {
            var joined = flights.TryGetValue(key, out var flight);
            flight ??= flights[key] = new Flight();
            flight.Passengers++;
            board(flight.State);
            if (!joined)
            {
                flight.Result = Task.Run(() => FlyAsync(key, flight, start));
            }

            return new Seat(this, key, flight, joined);
        }
    }

    private async Task<T> FlyAsync(TKey key, Flight flight, Func<TState, CancellationToken, Task<T>> start)
    {
        try
        {
            return await start(flight.State, flight.Ending.Token);
        }
        finally
        {
            lock (gate)
            {
                Forget(key, flight);
            }
        }
    }

    private void Leave(TKey key, Flight flight)
    {
        lock (gate)
        {
            if (--flight.Passengers > 0)
            {
                return;
            }

            // Nobody may come aboard any more: what they would get is a cancellation.
            Forget(key, flight);
        }

        flight.Ending.Cancel();
        _ = flight.Result.ContinueWith(
            static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Forget(TKey key, Flight flight)
    {
        if (flights.TryGetValue(key, out var known) && ReferenceEquals(known, flight))
        {
            flights.Remove(key);
        }
    }

    internal sealed class Flight
    {
        public TState State { get; } = new();

        public CancellationTokenSource Ending { get; } = new();

        public int Passengers { get; set; }

        public Task<T> Result { get; set; } = null!;
    }

    /// <summary>To be disposed when the result is no longer waited for.</summary>
    internal sealed class Seat(Flights<TKey, TState, T> flights, TKey key, Flight flight, bool joined) : IDisposable
    {
        public bool Joined => joined;

        public TState State => flight.State;

        public Task<T> WaitAsync(CancellationToken cancellationToken) => flight.Result.WaitAsync(cancellationToken);

        public void Dispose() => flights.Leave(key, flight);
    }
}
