using System.Globalization;
using ClariBI.Connector.DataSources;

namespace ClariBI.Connector.Tools;

/// <summary>The layers of the policy in words, with what each of them keeps from the engine.</summary>
internal static class ProofLayers
{
    private static readonly (PolicyLayer Layer, string Title, string Detail)[] Words =
    [
        (PolicyLayer.Scope, "What was granted", "ClariBI asks for the narrowest scopes that read. What needs more, the vendor itself refuses."),
        (PolicyLayer.Name, "Words of the name", "A name that tells of a change keeps a tool out, whatever else the vendor says of it."),
        (PolicyLayer.Annotations, "What the vendor says", "A tool has to be marked as reading, and nothing the vendor says may contradict that."),
        (PolicyLayer.Profile, "What is known of the vendor", "Tools that read and write are narrowed to the values that read, in what the engine sees and in every call."),
        (PolicyLayer.DataClass, "Kinds of data", "Aggregates are on. Data on single persons and what people wrote stay off until an owner turns them on."),
        (PolicyLayer.Pin, "Approved definitions", "A tool works only with the definition that a person approved. A new or changed one waits for an owner."),
        (PolicyLayer.Switch, "Switched off here", "An owner can keep any tool from the engine."),
    ];

    public static List<ProofLayerResponse> Count(IReadOnlyList<JudgedTool> tools)
    {
        var kept = tools.Where(tool => !tool.Verdict.IsAdmitted).CountBy(tool => tool.Verdict.Layer).ToDictionary();
        return [.. Words.Select(layer => new ProofLayerResponse(layer.Layer, layer.Title, kept.GetValueOrDefault(layer.Layer), layer.Detail))];
    }

    public static string State(ReadOnlyProofResponse proof, DataSource source)
    {
        var since = proof.Since.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        if (proof.WritesSent > 0)
        {
            return $"Since {since}, {Calls(proof.WritesSent)} to {source.Name} left without being admitted as reading. "
                + "Disconnect this data source, and look at its call log.";
        }

        var sent = proof.CallsSent == 0
            ? $"Since {since}, ClariBI has sent no calls to {source.Name}: it wrote nothing there."
            : $"Since {since}, ClariBI has sent {Calls(proof.CallsSent)} to {source.Name}. Each was admitted as reading before it left: writes sent: 0.";
        var refused = proof.CallsRefused == 0 ? "" : $" {Calls(proof.CallsRefused)} {(proof.CallsRefused == 1 ? "was" : "were")} refused and never left.";
        var scopes = proof.ScopeIsReadOnly
            ? " What the vendor granted allows reading only, so it would refuse a write as well."
            : " What the vendor granted does not rule writing out, so this rests on ClariBI's own layers.";
        return $"{sent}{refused}{scopes}";
    }

    private static string Calls(int count) => count == 1 ? "1 call" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} calls");
}
