using System.Globalization;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Segmentations;

internal sealed record FormulaLeaf(Metric Metric, int Event);

/// <summary>Arithmetic over UNIQUES(A), TOTALS(B), PROPSUM(A) and the like; letters name the chart's events in order. Dividing by zero gives 0.</summary>
internal sealed class Formula
{
    private const int MostCharacters = 2000;
    private const int MostLeaves = 20;
    private readonly string text;
    private readonly int events;
    private readonly Func<Func<FormulaLeaf, double>, double> root;
    private int position;
    private int depth;

    private Formula(string text, int events)
    {
        (this.text, this.events) = (text, events);
        if (text.Length > MostCharacters)
        {
            throw new ToolErrorException($"Formula parse failed: measured_as.formula: Input should have at most {MostCharacters} characters");
        }

        root = Sum();
        Skip();
        if (position < text.Length)
        {
            throw Failed();
        }
    }

    public HashSet<FormulaLeaf> Leaves { get; } = [];

    public static Formula Parse(string text, int events) => new(text, events);

    public double Evaluate(Func<FormulaLeaf, double> value) => root(value);

    private Func<Func<FormulaLeaf, double>, double> Sum()
    {
        var left = Product();
        while (true)
        {
            var before = left;
            if (Take('+'))
            {
                var right = Product();
                left = value => before(value) + right(value);
            }
            else if (Take('-'))
            {
                var right = Product();
                left = value => before(value) - right(value);
            }
            else
            {
                return left;
            }
        }
    }

    private Func<Func<FormulaLeaf, double>, double> Product()
    {
        var left = Atom();
        while (true)
        {
            var before = left;
            if (Take('*'))
            {
                var right = Atom();
                left = value => before(value) * right(value);
            }
            else if (Take('/'))
            {
                var right = Atom();
                left = value => right(value) is var divisor && divisor != 0 ? before(value) / divisor : 0;
            }
            else
            {
                return left;
            }
        }
    }

    private Func<Func<FormulaLeaf, double>, double> Atom()
    {
        // Deep nesting would otherwise end the process: a stack overflow cannot be caught.
        if (++depth > 50)
        {
            throw Failed();
        }

        try
        {
            if (Take('('))
            {
                var inner = Sum();
                return Take(')') ? inner : throw Failed();
            }

            if (Take('-'))
            {
                var negated = Atom();
                return value => -negated(value);
            }

            return position < text.Length && char.IsAsciiDigit(text[position]) ? Number() : Leaf();
        }
        finally
        {
            depth--;
        }
    }

    private Func<Func<FormulaLeaf, double>, double> Number()
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
        {
            position++;
        }

        return double.TryParse(text[start..position], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? _ => number : throw Failed();
    }

    private Func<Func<FormulaLeaf, double>, double> Leaf()
    {
        var start = position;
        while (position < text.Length && char.IsAsciiLetterUpper(text[position]))
        {
            position++;
        }

        var metric = Metrics.InFormula(text[start..position]) ?? throw Failed();
        if (!Take('('))
        {
            throw Failed();
        }

        Skip();
        var index = position < text.Length ? text[position++] - 'A' : -1;
        if (index < 0 || index >= events || !Take(')'))
        {
            throw Failed();
        }

        var leaf = new FormulaLeaf(metric, index);
        Leaves.Add(leaf);
        if (Leaves.Count > MostLeaves)
        {
            throw new ToolErrorException($"Formula parse failed: measured_as.formula: Input should have at most {MostLeaves} different metrics");
        }

        return value => value(leaf);
    }

    private bool Take(char symbol)
    {
        Skip();
        if (position >= text.Length || text[position] != symbol)
        {
            return false;
        }

        position++;
        Skip();
        return true;
    }

    private void Skip()
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }
    }

    private ToolErrorException Failed() => new($"Formula parse failed: {text}. measured_as.formula: Input should be UNIQUES(A), TOTALS(B) and the like, joined by + - * / and parentheses");
}
