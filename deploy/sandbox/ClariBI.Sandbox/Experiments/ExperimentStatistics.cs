using MathNet.Numerics.Distributions;

namespace ClariBI.Sandbox.Experiments;

/// <summary>What one variant's users did: how many they are, their mean, and the variance of one user's value.</summary>
internal sealed record Sample(int Users, double Mean, double Variance)
{
    /// <summary>Rates have the variance p(1 − p), means the one estimated from the sample.</summary>
    public static Sample Of(IReadOnlyCollection<double> values, bool isRate)
    {
        var mean = values.Count == 0 ? 0 : values.Average();
        var variance = isRate ? mean * (1 - mean)
            : values.Count < 2 ? 0
            : values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return new(values.Count, mean, variance);
    }
}

/// <summary>A variant against the control. What cannot be computed is null.</summary>
internal sealed record Comparison(double AbsoluteLift, double? RelativeLift, double StandardError, double? PValue, double? Low, double? High);

internal static class ExperimentStatistics
{
    private const double Confidence = 0.95;
    private const double MismatchAlpha = 0.01;

    /// <summary>The difference of two means with unequal variances, taken as normal (Welch).</summary>
    public static Comparison Compare(Sample control, Sample variant)
    {
        var lift = variant.Mean - control.Mean;
        double? relative = control.Mean == 0 ? null : lift / control.Mean;
        if (control.Users == 0 || variant.Users == 0)
        {
            return new(lift, relative, 0, null, null, null);
        }

        var error = Math.Sqrt((control.Variance / control.Users) + (variant.Variance / variant.Users));
        if (error == 0)
        {
            return new(lift, relative, 0, null, null, null);
        }

        var margin = Normal.InvCDF(0, 1, (1 + Confidence) / 2) * error;
        return new(lift, relative, error, 2 * Normal.CDF(0, 1, -Math.Abs(lift / error)), lift - margin, lift + margin);
    }

    /// <summary>Sample ratio mismatch: χ² of the users per variant against the planned weights.</summary>
    public static bool IsMismatched(IReadOnlyList<int> users, IReadOnlyList<double> weights)
    {
        var (total, weight) = (users.Sum(), weights.Sum());
        if (total == 0 || users.Count < 2 || weight <= 0 || weights.Any(share => share <= 0))
        {
            return false;
        }

        var statistic = users.Zip(weights, (count, share) => (count, expected: total * share / weight)).Sum(pair => (pair.count - pair.expected) * (pair.count - pair.expected) / pair.expected);
        return 1 - ChiSquared.CDF(users.Count - 1, statistic) < MismatchAlpha;
    }
}
