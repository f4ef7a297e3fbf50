using System.Text.Json.Nodes;
using ClariBI.Sandbox.OAuth;

namespace ClariBI.Sandbox.Query;

/// <summary>Charts made by queries and not saved; the last 1,000 are kept until the sandbox stops.</summary>
internal sealed class ChartEdits
{
    private const int Capacity = 1000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, ChartEdit> edits = [];
    private readonly Queue<string> order = new();

    public string Add(string projectId, ChartQuery query, JsonObject definition)
    {
        lock (gate)
        {
            if (order.Count == Capacity)
            {
                edits.Remove(order.Dequeue());
            }

            var id = Secrets.ShortId();
            edits[id] = new(projectId, query.Name, query, (JsonObject)definition.DeepClone());
            order.Enqueue(id);
            return id;
        }
    }

    public ChartEdit? Find(string id)
    {
        lock (gate)
        {
            return edits.GetValueOrDefault(id);
        }
    }
}

internal sealed record ChartEdit(string ProjectId, string Name, ChartQuery Query, JsonObject Definition);
