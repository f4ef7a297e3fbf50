using ClariBI.Connector.Tools.Naming;
using ClariBI.Connector.Vendors;

namespace ClariBI.Connector.Tools;

/// <summary>What the layers judge by, besides the tool itself.</summary>
/// <param name="Scopes">What the vendor granted; empty when it did not say.</param>
/// <param name="Profile">Null for a vendor whose tools we know nothing of.</param>
/// <param name="DataClasses">What the data source's owner has turned on besides aggregates; nothing by default.</param>
/// <param name="Vendor">The vendor's id, which may stand in front of its tools' names.</param>
/// <param name="AnnotationsUnknown">
/// Only a list of names is at hand, so the name has to say that the tool reads. Never so for a live vendor: what it leaves out it denies.
/// </param>
internal sealed record PolicyContext(
    IReadOnlyList<string> Scopes, ToolProfile? Profile, DataClasses DataClasses = default, string? Vendor = null, bool AnnotationsUnknown = false);

/// <summary>The layers in their order. Each may refuse; a tool is admitted when none does.</summary>
internal static class ToolLayers
{
    public static readonly IReadOnlyList<Func<PublishedTool, PolicyContext, Refusal?>> All = [Scope, Name, Annotations, Profile, Data];

    /// <summary>A tool that needs more than was granted could not be called anyway; the vendor enforces this one.</summary>
    private static Refusal? Scope(PublishedTool tool, PolicyContext context) =>
        tool.AccessLevels is { Count: > 0 } levels && !levels.Contains("read") && context.Scopes.Count > 0
        && !context.Scopes.Any(scope => levels.Any(level => scope.EndsWith($":{level}", StringComparison.Ordinal)))
            ? new Refusal(PolicyLayer.Scope, $"It needs {Wording.Or(levels)} access, and only {Wording.And(context.Scopes)} {(context.Scopes.Count == 1 ? "was" : "were")} granted.")
            : null;

    /// <summary>Words only refuse: what admits is a reading form together with annotations or the profile.</summary>
    private static Refusal? Name(PublishedTool tool, PolicyContext context)
    {
        var name = NameReader.Judge(tool.Name, context.Vendor);
        if (name.Form != NameForm.Malformed && context.Profile?.Cleared?.Contains(tool.Name) == true)
        {
            return null;
        }

        var known = context.Profile?.Knows(tool.Name) == true;
        return name.Form switch
        {
            NameForm.Malformed => new Refusal(PolicyLayer.Name, "Its name holds characters that a tool's name does not have."),
            NameForm.Writing => new Refusal(PolicyLayer.Name, $"Its name says that it changes something (“{name.Word}”)."),
            NameForm.Executing when !known => new Refusal(PolicyLayer.Name, $"It runs what it is given (“{name.Word}”), which may be anything."),
            NameForm.Neutral or NameForm.Doubtful when context.AnnotationsUnknown && !known =>
                new Refusal(PolicyLayer.Name, "Its name does not say that it only reads."),
            _ => null,
        };
    }

    private static Refusal? Annotations(PublishedTool tool, PolicyContext context)
    {
        if (tool.DestructiveHint == true && tool.ReadOnlyHint != true)
        {
            return new Refusal(PolicyLayer.Annotations, "The vendor marks it as destructive.");
        }

        // Where a tool reads, the second mark means nothing (MCP, ToolAnnotations), and some SDKs set it unless told otherwise; the
        // name has to agree.
        if (tool is { DestructiveHint: true, ReadOnlyHint: true } && NameReader.Judge(tool.Name, context.Vendor).Form != NameForm.Reading)
        {
            return new Refusal(PolicyLayer.Annotations, "The vendor marks it as read-only and as destructive, which contradict each other.");
        }

        // Judged value by value in the profile: such a tool is marked for the worst it can do.
        if (context.AnnotationsUnknown || context.Profile?.Mixed.ContainsKey(tool.Name) == true)
        {
            return null;
        }

        if (tool.AccessLevels is { } levels && levels.Any(level => level != "read"))
        {
            return new Refusal(PolicyLayer.Annotations, $"The vendor publishes it for {Wording.And(levels)} access.");
        }

        return tool.ReadOnlyHint == true || context.Profile?.Reading.Contains(tool.Name) == true
            ? null
            : new Refusal(PolicyLayer.Annotations, "The vendor does not mark it as read-only.");
    }

    private static Refusal? Profile(PublishedTool tool, PolicyContext context)
    {
        if (context.Profile?.Knows(tool.Name) == true)
        {
            return null;
        }

        return Multiplexers.Find(tool.InputSchema, NameReader.Judge(tool.Name, context.Vendor).Form, context.AnnotationsUnknown) is { } argument
            ? new Refusal(PolicyLayer.Profile, $"Its “{argument}” can change things, and nobody has said which of its values only read.")
            : null;
    }

    private static Refusal? Data(PublishedTool tool, PolicyContext context) => DataClasses.Of(tool, context.Profile) switch
    {
        var data when context.DataClasses.Allow(data) => null,
        DataClass.Personal => new Refusal(PolicyLayer.DataClass, "It returns data on single persons. An owner can turn such tools on for this data source.", Verdict.Off),
        _ => new Refusal(PolicyLayer.DataClass, "It returns what people wrote or said. An owner can turn such tools on for this data source.", Verdict.Off),
    };
}
