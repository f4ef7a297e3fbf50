namespace ClariBI.Sandbox.OAuth;

/// <summary>RFC 6749 section 5.2.</summary>
internal static class OAuthError
{
    public static IResult Json(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Json(new { error, error_description = description }, statusCode: status);
}
