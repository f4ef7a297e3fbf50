using ClariBI.ServiceDefaults.Outbound;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Vendors;

/// <summary>Stops the process at start, with a sentence, where the operator's part of the catalogue cannot be used.</summary>
internal sealed class CatalogueOptionsValidation(IOptions<OutboundOptions> outbound) : IValidateOptions<ConnectorOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectorOptions options)
    {
        List<string> problems =
        [
            .. Origin("Connector__SandboxUrl", options.SandboxUrl),
            .. Origin("Connector__SandboxEuUrl", options.SandboxEuUrl),
            .. Rows(options.CatalogueFile),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Origin(string setting, string origin) =>
        origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? []
            : [$"{setting} holds an origin, for example http://localhost:8081; '{origin}' is none."];

    private IEnumerable<string> Rows(string file)
    {
        if (file.Length == 0)
        {
            return [];
        }

        try
        {
            return VendorRules.Broken(CatalogueFiles.Read(file), outbound.Value.Allows).Select(problem => new CatalogueFileException(file, problem).Message);
        }
        catch (CatalogueFileException exception)
        {
            return [exception.Message];
        }
    }
}
