using System.Text.Json.Serialization;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.OAuth;

namespace ClariBI.Sandbox.Admin;

/// <summary>What the settings page of a real organization would make: credentials of a program, with read access.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ServiceAccount(string Name, string Organisation, string Region = Regions.Us)
{
    public string? Check(Workspace workspace, SandboxOptions options) =>
        string.IsNullOrWhiteSpace(Name) ? "name is missing."
        : Region != Regions.Us && (Region != Regions.Eu || options.EuUrls is null) ? "region is us, or eu where there is one."
        : !workspace.Organisations.Any(organisation => organisation.Id == Organisation && (organisation.Region ?? Region) == Region) ? "There is no such organization in this region."
        : null;

    public IResult Create(GrantStore grants)
    {
        var secret = Secrets.New("cs_");
        var client = new Client(Secrets.NewId(), Name, [], Secrets.Hash(secret)) { Region = Region, ServiceOf = Organisation };
        grants.Add(client);
        return TypedResults.Json(new { client_id = client.Id, client_secret = secret, region = Region }, statusCode: StatusCodes.Status201Created);
    }
}
