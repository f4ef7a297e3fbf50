using System.Text.Json.Serialization;
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
internal readonly record struct DataClasses(bool Personal, bool FreeText)
{
    public bool Allow(DataClass data) => data switch
    {
        DataClass.Personal => Personal,
        DataClass.FreeText => FreeText,
        _ => true,
    };

    /// <summary>The class of a tool's data: as the catalogue says.</summary>
    public static DataClass Of(PublishedTool tool, ToolProfile? profile) =>
        profile?.FreeText?.Contains(tool.Name) == true ? DataClass.FreeText
        : profile?.Personal.Contains(tool.Name) == true ? DataClass.Personal
        : DataClass.Aggregate;
}
