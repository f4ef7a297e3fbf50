using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClariBI.Connector.Vendors;

/// <summary>Reads rows of the catalogue: ours, carried in the assembly, and the operator's from a file.</summary>
internal static class CatalogueFiles
{
    private const string Folder = "ClariBI.Connector.Vendors.Catalogue.";

    /// <summary>A misspelled or forgotten property is an error, not a row that half works.</summary>
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static List<Vendor> Ours()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return WithoutClearance([.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).SelectMany(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize<List<Vendor>>(stream, Strict)!;
        })]);
    }

    /// <summary>That a tool's name may sound like writing is for the operator to say, who can look at it; never for a row of ours.</summary>
    /// <exception cref="InvalidOperationException">One of the rows says it.</exception>
    public static List<Vendor> WithoutClearance(List<Vendor> rows) =>
        rows.Find(vendor => vendor.Tools?.Cleared is { Count: > 0 }) is { } clearing
            ? throw new InvalidOperationException($"Our row '{clearing.Id}' clears tools whose names sound like writing. Only an operator's row may.")
            : rows;

    /// <exception cref="CatalogueFileException">With a sentence that says what is wrong with the file.</exception>
    public static List<Vendor> Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<List<Vendor>>(File.ReadAllBytes(file), Strict)
                ?? throw new CatalogueFileException(file, "it holds null instead of a list of vendors.");
        }
        catch (JsonException exception)
        {
            throw new CatalogueFileException(file, $"it is not a list of vendors. {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CatalogueFileException(file, $"it cannot be read. {exception.Message}", exception);
        }
    }
}

internal sealed class CatalogueFileException(string file, string reason, Exception? inner = null)
    : Exception($"Connector__CatalogueFile names {file}: {reason}", inner);
