namespace ClariBI.Sandbox.Query;

/// <summary>Whether series come as plain JSON or as CSV inside it. Starts as --results says, and can be switched while the sandbox runs.</summary>
internal sealed class ResultForm(SandboxOptions options)
{
    private volatile bool isJson = options.Results == "json";

    public bool IsJson
    {
        get => isJson;
        set => isJson = value;
    }
}
