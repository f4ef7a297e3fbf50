namespace ClariBI.Connector.Tools;

/// <summary>Decides which tools reach the engine. The first layer that refuses decides; see <see cref="ToolLayers"/>.</summary>
internal static class ToolPolicy
{
    /// <summary>As a data source offers it: the layers that judge the definition, then its pin, then its switch.</summary>
    public static ToolVerdict Judge(PublishedTool tool, PolicyContext context, ToolStanding standing)
    {
        var verdict = Judge(tool, context);
        return !verdict.IsAdmitted ? verdict : standing switch
        {
            { Pin: PinState.New } => Held(PolicyLayer.Pin, "It is new, and nobody has approved it yet."),
            { Pin: PinState.Changed } => Held(PolicyLayer.Pin, "Its definition has changed since it was approved."),
            { SwitchedOff: true } => Held(PolicyLayer.Switch, "An owner has switched it off."),
            _ => verdict,
        };

        ToolVerdict Held(PolicyLayer layer, string reason) =>
            new(layer == PolicyLayer.Pin ? Verdict.Quarantined : Verdict.Off, layer, reason, DataClass: verdict.DataClass);
    }

    /// <summary>By the definition alone.</summary>
    public static ToolVerdict Judge(PublishedTool tool, PolicyContext context)
    {
        var data = DataClasses.Of(tool, context.Profile);
        foreach (var layer in ToolLayers.All)
        {
            if (layer(tool, context) is { } refusal)
            {
                return new ToolVerdict(refusal.Verdict, refusal.Layer, refusal.Reason, DataClass: data);
            }
        }

        var admitted = context.Profile?.Mixed.TryGetValue(tool.Name, out var mixed) == true
            ? Narrow(tool, mixed)
            : context.Profile?.Reading.Contains(tool.Name) == true
                ? new ToolVerdict(Verdict.Allowed, PolicyLayer.Profile, "It is known to read only.")
                : context.AnnotationsUnknown ? new ToolVerdict(Verdict.Allowed, PolicyLayer.Name, "Its name says that it reads.")
                : new ToolVerdict(Verdict.Allowed, PolicyLayer.Annotations, "The vendor marks it as read-only, and nothing speaks against it.");
        return admitted with { DataClass = data };
    }

    private static ToolVerdict Narrow(PublishedTool tool, Vendors.MixedTool mixed)
    {
        var published = ToolSchemas.Values(tool.InputSchema, mixed.Argument);
        IReadOnlyList<string> admitted = published.Count == 0 ? mixed.Values : [.. mixed.Values.Where(published.Contains)];
        if (admitted.Count == 0)
        {
            return new ToolVerdict(Verdict.Refused, PolicyLayer.Profile, $"None of the values of its “{mixed.Argument}” is known to read only.");
        }

        var admission = new Admission(mixed.Argument, admitted, mixed.Default is not null && admitted.Contains(mixed.Default));
        return new ToolVerdict(
            Verdict.Narrowed, PolicyLayer.Profile, $"It only reads with “{mixed.Argument}” set to {Wording.Or(admitted)}; every other value is refused.", admission);
    }
}
