namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>The two distributions that experiments need, from their series; the sandbox takes them from a library.</summary>
internal static class Statistics
{
    /// <summary>97.5 % of the normal distribution lie below.</summary>
    public const double Normal975 = 1.959963984540054;

    public static double TwoSided(double z) => ErrorComplement(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The chance of a larger chi-square, by the recursion from one or two degrees of freedom.</summary>
    public static double ChiSquareAbove(double x, int degrees)
    {
        var (sum, term, from) = degrees % 2 == 0
            ? (Math.Exp(-x / 2), Math.Exp(-x / 2), 2)
            : (ErrorComplement(Math.Sqrt(x / 2)), Math.Sqrt(2 / (Math.PI * x)) * Math.Exp(-x / 2), 1);
        for (var degree = from; degree < degrees; degree += 2)
        {
            term *= x / degree;
            sum += term;
        }

        return sum;
    }

    /// <summary>erfc: its series where that converges well, else its continued fraction.</summary>
    private static double ErrorComplement(double x)
    {
        if (x < 2.5)
        {
            var (sum, term) = (x, x);
            for (var n = 1; n < 100; n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }

        var fraction = x;
        for (var n = 200; n > 0; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
