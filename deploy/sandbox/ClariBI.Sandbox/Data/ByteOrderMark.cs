using System.IO.Compression;

namespace ClariBI.Sandbox.Data;

/// <summary>The JSON reader takes the first line of a file with a byte order mark for a broken one, so that line is read from a small file of its own.</summary>
internal sealed class ByteOrderMark(string beside) : IDisposable
{
    private readonly List<string> firstLines = [];

    /// <summary>How many first lines are read from elsewhere, and so counted twice.</summary>
    public int Count => firstLines.Count;

    /// <returns>The files, each that has a mark preceded by its first line.</returns>
    public string[] Mend(string[] files) => [.. files.SelectMany(file => FirstLine(file) is { } line ? new[] { Write(line), file } : [file])];

    public void Dispose() => firstLines.ForEach(File.Delete);

    private static string? FirstLine(string file)
    {
        try
        {
            using var bytes = File.OpenRead(file);
            using Stream text = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
            var mark = new byte[3];
            if (text.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || mark is not [0xEF, 0xBB, 0xBF])
            {
                return null;
            }

            using var reader = new StreamReader(text);
            return reader.ReadLine();
        }
        catch (InvalidDataException)
        {
            // No gzip: the JSON reader says so.
            return null;
        }
    }

    private string Write(string line)
    {
        var path = $"{beside}.first{Count}.jsonl";
        File.WriteAllText(path, line + "\n");
        firstLines.Add(path);
        return path;
    }
}
