using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClariBI.Contracts;

/// <summary>Writes an enum as a snake_case string (<c>SingleValue</c> is <c>"single_value"</c>), on the bus and over HTTP alike.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower)
    where TEnum : struct, Enum;
