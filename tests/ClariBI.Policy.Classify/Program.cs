using System.Text;
using ClariBI.Policy.Classify;

if (args.Length > 1)
{
    Console.Error.WriteLine("classify takes one file, or - for the standard input.");
    return 2;
}

try
{
    using var input = args is [var file] && file != "-" ? new StreamReader(file, Encoding.UTF8) : new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
    var judged = Classifier.Classify(input);
    using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
    judged.ForEach(line => output.Write($"{line}\n"));
    return 0;
}
catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"classify: {exception.Message}");
    return 2;
}
