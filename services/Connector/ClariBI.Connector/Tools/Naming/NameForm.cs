namespace ClariBI.Connector.Tools.Naming;

/// <summary>What a tool's name says of it. Only <see cref="Reading"/> speaks for it, and never alone: see <see cref="ToolLayers"/>.</summary>
internal enum NameForm
{
    /// <summary>It says that it reads: <c>jira_get_issue</c>, <c>issues_list</c>, <c>accountInfo</c>.</summary>
    Reading,

    /// <summary>It says nothing of what is done: <c>dashboards</c>.</summary>
    Neutral,

    /// <summary>It may read or write: <c>export_report</c>.</summary>
    Doubtful,

    /// <summary>It runs whatever it is given: <c>execute_sql</c>, <c>call_tool</c>.</summary>
    Executing,
    Writing,

    /// <summary>It holds characters that a tool's name does not have.</summary>
    Malformed,
}

/// <param name="Word">The word that decided.</param>
internal sealed record NameJudgement(NameForm Form, string Word = "");
