namespace ClariBI.Connection.Tests.Hosting;

/// <summary>The broker and the database that <c>tests/run.sh connection</c> starts, and where the built programs lie.</summary>
internal static class Servers
{
    public static string RabbitMq => Required("CLARIBI_RABBITMQ");

    public static string Postgres => Required("CLARIBI_POSTGRES");

    public static string Root { get; } = FindRoot();

    /// <summary>The program that was built together with these tests.</summary>
    public static string Program(string project) =>
        Path.Combine(Root, project, "bin", Configuration, "net10.0", Path.GetFileName(project) + ".dll");

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private static string Required(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set. Run tests/run.sh connection, which starts RabbitMQ and PostgreSQL.");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ClariBI.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
