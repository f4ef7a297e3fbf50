using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ClariBI.Connector.Tools.Naming;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts;

namespace ClariBI.Connector.Tools;

/// <summary>What kind of data a tool brings. Aggregates are on; an owner turns the others on for a data source.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<DataClass>))]
internal enum DataClass
{
    Aggregate,

    /// <summary>Rows about single persons: users, contacts, session replays.</summary>
    Personal,

    /// <summary>What people wrote or said: comments, messages, transcripts.</summary>
    FreeText,
}

/// <summary>What the owner of a data source has turned on, besides aggregates. Nothing by default.</summary>
internal readonly partial record struct DataClasses(bool Personal, bool FreeText)
{
    public bool Allow(DataClass data) => data switch
    {
        DataClass.Personal => Personal,
        DataClass.FreeText => FreeText,
        _ => true,
    };

    /// <summary>The class of a tool's data: as the catalogue says, else as its name and description suggest.</summary>
    public static DataClass Of(PublishedTool tool, ToolProfile? profile) =>
        profile?.FreeText?.Contains(tool.Name) == true ? DataClass.FreeText
        : profile?.Personal.Contains(tool.Name) == true ? DataClass.Personal
        : profile?.Knows(tool.Name) == true ? DataClass.Aggregate
        : Suggested(tool);

    private static DataClass Suggested(PublishedTool tool)
    {
        var words = NameParts.Of(tool.Name).ConvertAll(part => part.Text);
        bool Has(string name) => words.Exists(word => Lexicon.Is(word, name));
        if (Has("aggregateWords"))
        {
            return DataClass.Aggregate;
        }

        var description = tool.Description is { Length: > 4000 } long_ ? long_[..4000] : tool.Description ?? "";
        return Has("freeTextWords") || Wordings().IsMatch(description) ? DataClass.FreeText
            : Has("personalWords") || Persons().IsMatch(description) ? DataClass.Personal
            : DataClass.Aggregate;
    }

    [GeneratedRegex("message bod(?:y|ies)|transcript|verbatim|text of (?:the |each |all )?(?:comment|message|conversation|email|review)s?", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Wordings();

    [GeneratedRegex("session replay|email address|phone number|personal data|(?:individual|single) (?:user|person|customer|contact)s?|user profiles?", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Persons();
}
