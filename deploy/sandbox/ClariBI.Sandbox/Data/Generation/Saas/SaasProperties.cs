using System.Globalization;
using static ClariBI.Sandbox.Data.Generation.Saas.SaasVocabulary;

namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>The properties of what people do in the service: numbers, flags, lists, and some left unset.</summary>
internal static class SaasProperties
{
    private static readonly string[] LabelLists = [.. Labels.Select(label => Quote([label])), .. Labels.Zip(Labels.Skip(1), (one, two) => Quote([one, two])), Quote(Labels.Take(3)), "[]"];

    public static string Of(SaasEvent kind, ref SplitMix random) => kind switch
    {
        SaasEvent.TaskCreated => $$"""{"labels":{{LabelLists[random.Below(LabelLists.Length)]}},"has_due_date":{{Flag(0.55, ref random)}}{{(random.Chance(0.4) ? $",\"estimate_hours\":{random.Between(1, 16)}" : "")}},"view":"{{One(Views, ref random)}}"}""",
        SaasEvent.TaskCompleted => $$"""{"hours_open":{{random.Between(1, 240)}},"was_late":{{Flag(0.22, ref random)}},"view":"{{One(Views, ref random)}}"}""",
        SaasEvent.CommentAdded => $$"""{"length":{{random.Between(3, 400)}},"mentions":{{random.Pick([0.5, 0.35, 0.1, 0.05])}},"with_file":{{Flag(0.1, ref random)}}}""",
        SaasEvent.DashboardViewed => $$"""{"view":"{{One(Views, ref random)}}","load_ms":{{random.Between(180, 2600)}}}""",
        SaasEvent.SearchPerformed => $$"""{"results":{{random.Below(40)}},"scope":"{{(random.Chance(0.7) ? "workspace" : "project")}}"}""",
        SaasEvent.FileUploaded => string.Create(CultureInfo.InvariantCulture, $$"""{"file_type":"{{One(FileTypes, ref random)}}","size_mb":{{random.Between(1, 300) / 10.0:0.0}}}"""),
        SaasEvent.AutomationRan => $$"""{"trigger":"{{One(Triggers, ref random)}}","succeeded":{{Flag(0.94, ref random)}},"steps":{{random.Between(1, 6)}}}""",
        SaasEvent.AutomationCreated => $$"""{"trigger":"{{One(Triggers, ref random)}}","steps":{{random.Between(1, 6)}}}""",
        SaasEvent.ReportExported => $$"""{"format":"{{One(Formats, ref random)}}","rows":{{random.Between(5, 4000)}}}""",
        SaasEvent.ProjectCreated => $$"""{"from_template":{{Flag(0.45, ref random)}},"view":"{{One(Views, ref random)}}"}""",
        SaasEvent.IntegrationConnected => $$"""{"integration":"{{One(Integrations, ref random)}}"}""",
        SaasEvent.IntegrationFailed => $$$"""{"integration":"{{{One(Integrations, ref random)}}}","error":{"code":{{{(random.Chance(0.6) ? 401 : 504)}}},"retryable":{{{Flag(0.4, ref random)}}}}}""",
        SaasEvent.RoleChanged => $$"""{"from_role":"member","to_role":"{{(random.Chance(0.7) ? "admin" : "guest")}}"}""",
        SaasEvent.TicketOpened => $$"""{"topic":"{{One(Topics, ref random)}}","priority":{{random.Between(1, 4)}}}""",
        _ => "{}",
    };

    private static string One(string[] values, ref SplitMix random) => values[random.Below(values.Length)];

    private static string Flag(double chance, ref SplitMix random) => random.Chance(chance) ? "true" : "false";
}
