using System.Globalization;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Reads a formula of metrics of letters and gives its value.</summary>
internal sealed class Formula(string text)
{
    private int at;

    /// <summary>The function gives the value of a metric (as UNIQUES) of an event by its place (A is 0).</summary>
    public double Evaluate(Func<string, int, double> metric)
    {
        at = 0;
        var value = Sum(metric);
        return Peek() == '\0' ? value : throw new FormatException(text);
    }

    private char Peek()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }

    private double Sum(Func<string, int, double> metric)
    {
        var left = Product(metric);
        while (Peek() is '+' or '-')
        {
            left = text[at++] == '+' ? left + Product(metric) : left - Product(metric);
        }

        return left;
    }

    private double Product(Func<string, int, double> metric)
    {
        var left = Factor(metric);
        while (Peek() is '*' or '/')
        {
            left = text[at++] == '*' ? left * Factor(metric) : Metrics.Divide(left, Factor(metric));
        }

        return left;
    }

    private double Factor(Func<string, int, double> metric)
    {
        switch (Peek())
        {
            case '-':
                at++;
                return -Factor(metric);
            case '(':
                at++;
                var inner = Sum(metric);
                Expect(')');
                return inner;
            case >= '0' and <= '9' or '.':
                return double.Parse(Take(letter => char.IsAsciiDigit(letter) || letter == '.'), CultureInfo.InvariantCulture);
            default:
                var name = Take(char.IsAsciiLetter);
                Expect('(');
                Peek();
                var letter = Take(char.IsAsciiLetter)[0] - 'A';
                Expect(')');
                return metric(name, letter);
        }
    }

    private string Take(Func<char, bool> belongs)
    {
        var start = at;
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private void Expect(char letter)
    {
        if (Peek() != letter)
        {
            throw new FormatException(text);
        }

        at++;
    }
}
