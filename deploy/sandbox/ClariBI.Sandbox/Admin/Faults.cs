using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Admin;

/// <summary>Faults that tests switch on, each for a number of requests or until "none"; one of each kind and tool at a time.</summary>
internal sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Fault> active = [];

    public void Set(Fault fault)
    {
        lock (gate)
        {
            active.RemoveAll(old => old.Kind == fault.Kind && old.Tool == fault.Tool);
            active.Add(fault);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            active.Clear();
        }
    }

    public Fault[] List()
    {
        lock (gate)
        {
            return [.. active];
        }
    }

    /// <summary>The fault that strikes this request, counting it; null when there is none.</summary>
    public Fault? Take(string kind, string? tool = null)
    {
        lock (gate)
        {
            var index = active.FindIndex(fault => fault.Kind == kind && fault.Fits(tool));
            if (index < 0)
            {
                return null;
            }

            var fault = active[index];
            if (fault.Count == 1)
            {
                active.RemoveAt(index);
            }
            else if (fault.Count > 1)
            {
                active[index] = fault with { Count = fault.Count - 1 };
            }

            return fault;
        }
    }

    /// <summary>Like <see cref="Take"/>, for a request to /mcp, which may also ask for the fault by a magic name.</summary>
    public Fault? Strikes(string kind, McpRequest? request) => request?.Magic is { } magic && magic.Kind == kind ? magic : Take(kind, request?.Tool);
}
