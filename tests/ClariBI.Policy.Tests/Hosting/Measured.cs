namespace ClariBI.Policy.Tests.Hosting;

/// <summary>Figures that the suite prints: into the test's output, and into the file that tests/run.sh shows.</summary>
internal static class Measured
{
    private static readonly Lock Gate = new();

    public static void Print(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("CLARIBI_MEASURED") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllText(file, $"{line}\n");
            }
        }
    }
}
