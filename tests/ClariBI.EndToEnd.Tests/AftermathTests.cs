using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;
using Shouldly;
using Xunit;

namespace ClariBI.EndToEnd.Tests;

/// <summary>
/// What a run of the product leaves behind: databases, logs, traces, queues and dead letters. tests/run.sh runs it after the
/// browser's journeys as well; it makes nothing itself.
/// </summary>
[Collection("product")]
public sealed class AftermathTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Databases_logs_and_traces_hold_no_secret_and_a_planted_one_is_found()
    {
        var keyFiles = Directory.EnumerateFiles(Path.Combine(Product.Data, "keys"), "*", SearchOption.AllDirectories).ToList();
        var scan = new SecretScan(await Task.WhenAll(keyFiles.Select(ReadAsync)));
        scan.Keys.ShouldBeGreaterThanOrEqualTo(2, "the internal key and the vault's");
        var vaultKeys = await ReadAsync(keyFiles.First(file => file.EndsWith("vault.key", StringComparison.Ordinal)));
        var dataKeys = await DataKeys.ReadAsync(vaultKeys, Ct);
        dataKeys.ShouldNotBeEmpty("the vault's own pair at least is wrapped");
        scan.Know(dataKeys);
        var files = Left().ToList();
        foreach (var file in files)
        {
            scan.Learn(await ReadAsync(file));
        }

        (await FoundAsync(scan, files)).ShouldBeEmpty();
        files.Count.ShouldBeGreaterThan(5);
        await PlantAsync(scan, vaultKeys, Convert.ToHexStringLower(dataKeys[0]), Encoding.Latin1.GetString(dataKeys[^1]));
    }

    [Fact]
    public async Task Queues_and_dead_letters_hold_no_secret_and_a_planted_one_is_found()
    {
        if (!Product.IsDistributed)
        {
            return; // The in-memory bus never leaves the process.
        }

        var queues = (Environment.GetEnvironmentVariable("CLARIBI_QUEUES") ?? "").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var keyFiles = Directory.EnumerateFiles(Path.Combine(Product.Data, "keys"), "*", SearchOption.AllDirectories);
        var scan = new SecretScan(await Task.WhenAll(keyFiles.Select(ReadAsync)));
        await using var connection = await new ConnectionFactory { Uri = new Uri(Product.RabbitMq!) }.CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        var planted = (await channel.QueueDeclareAsync("planted_error", durable: false, exclusive: true, autoDelete: true, cancellationToken: Ct)).QueueName;
        await channel.BasicPublishAsync("", planted, Encoding.UTF8.GetBytes($"token: amp_rt_{new string('x', 43)}"), Ct);

        var found = new List<string>();
        foreach (var queue in queues.Append(planted))
        {
            if (await ScanAsync(connection, queue, scan))
            {
                found.Add(queue);
            }
        }

        found.ShouldBe([planted]);
    }

    /// <summary>Looks at what waits in a queue and leaves it there; a queue that is somebody's alone is passed over.</summary>
    private static async Task<bool> ScanAsync(IConnection connection, string queue, SecretScan scan)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        var found = false;
        ulong last = 0;
        try
        {
            while (await channel.BasicGetAsync(queue, autoAck: false, Ct) is { } message)
            {
                last = message.DeliveryTag;
                var headers = string.Join('\n', (message.BasicProperties.Headers ?? new Dictionary<string, object?>())
                    .Select(header => $"{header.Key}={(header.Value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : header.Value)}"));
                found |= scan.Find(Encoding.Latin1.GetString(message.Body.Span) + "\n" + headers) is not null;
            }

            if (last > 0)
            {
                await channel.BasicNackAsync(last, multiple: true, requeue: true, Ct);
            }
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            // Exclusive to a process, or gone meanwhile.
        }

        return found;
    }

    /// <summary>The sandbox stands for the vendor: what it keeps is not ours. Keys are kept in their own files and nowhere else.</summary>
    private static IEnumerable<string> Left()
    {
        string?[] folders =
        [
            Path.Combine(Product.Data, "logs"),
            Environment.GetEnvironmentVariable("CLARIBI_POSTGRES_FOLDER") ?? Path.Combine(Product.Data, "databases"),
            Environment.GetEnvironmentVariable("CLARIBI_RABBITMQ_FOLDER"),
            Environment.GetEnvironmentVariable("CLARIBI_TRACES"),
        ];
        return folders.OfType<string>().Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    private static async Task<List<string>> FoundAsync(SecretScan scan, IEnumerable<string> files)
    {
        var found = new List<string>();
        foreach (var file in files)
        {
            if (scan.Find(await ReadAsync(file)) is { } what)
            {
                found.Add($"{file} holds {what}");
            }
        }

        return found;
    }

    /// <summary>Each kind in turn, in a file among the logs.</summary>
    private static async Task PlantAsync(SecretScan scan, params string[] keys)
    {
        const string verifier = "planted-verifier-planted-verifier-planted-1";
        scan.Learn($"code_challenge={System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))}&");
        var file = Path.Combine(Product.Data, "logs", "planted.log");
        try
        {
            foreach (var planted in (string[])[$"x amp_ac_{new string('y', 43)} x", $"x{verifier}x", .. keys])
            {
                await File.WriteAllTextAsync(file, planted, Encoding.Latin1, Ct);
                (await FoundAsync(scan, Left().Where(left => left == file))).ShouldHaveSingleItem();
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Ct);
    }
}
