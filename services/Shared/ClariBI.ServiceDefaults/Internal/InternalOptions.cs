using Microsoft.Extensions.Options;

namespace ClariBI.ServiceDefaults.Internal;

/// <summary>The secret shared by all ClariBI processes. Bound from the <c>Internal</c> section.</summary>
public sealed class InternalOptions
{
    public const string SectionName = "Internal";

    /// <summary>At least 32 random bytes in base64, the same for every process. Empty where <see cref="KeyFile"/> is used.</summary>
    public string Key { get; init; } = "";

    /// <summary>A file that holds the key, made with mode 0600 when it does not exist. For one process on one machine.</summary>
    public string KeyFile { get; init; } = "";
}

internal sealed class InternalOptionsValidator : IValidateOptions<InternalOptions>
{
    private const string Fix =
        "Set Internal__Key to the same 32 random bytes in base64 for every process (openssl rand -base64 32), or Internal__KeyFile to a path.";

    public ValidateOptionsResult Validate(string? name, InternalOptions options)
    {
        if (options.Key.Length == 0)
        {
            return options.KeyFile.Length > 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail("No internal key. " + Fix);
        }

        var buffer = new byte[options.Key.Length];
        return Convert.TryFromBase64String(options.Key, buffer, out var length) && length >= 32
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("The internal key is not base64 of at least 32 bytes. " + Fix);
    }
}
