namespace ClariBI.Sandbox.Data.Generation;

/// <summary>An A/B test of the sample data: who is in which variant, and the exposures' properties. The days both count.</summary>
internal sealed class SampleExperiment(string key, int firstDay, int lastDay, (string Key, double Share)[] variants, ulong seed)
{
    private readonly string[] exposures = [.. variants.Select(variant => $$"""{"flag_key":"{{key}}","variant":"{{variant.Key}}"}""")];

    private readonly double[] shares = [.. variants.Select(variant => variant.Share)];

    public bool RunsOn(int day) => day >= firstDay && day <= lastDay;

    /// <summary>The same for a user every time; independent of everything else about the user.</summary>
    public int VariantOf(int user) => new SplitMix(seed ^ ((ulong)user * 0x9FB21C651E98DF25)).Pick(shares);

    public string Exposure(int variant) => exposures[variant];
}
