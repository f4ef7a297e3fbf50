using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// The SDK reads no message that is nested deeper than 64, so one such definition would take the whole list of tools with it.
/// Here what lies deeper than any usable schema is cut out of answers to <c>tools/list</c>; the tool it belongs to is then set
/// aside alone, as it is still nested too deeply.
/// </summary>
internal sealed class DeepDefinitions : DelegatingHandler
{
    /// <summary>Containers, from the message on. A schema of a tool begins at 5, and is set aside from 33 of its own on.</summary>
    private const int Deepest = 50;
    private const int LongestQuestion = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var lists = await AsksForListAsync(request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (lists && response.IsSuccessStatusCode)
        {
            response.Content = response.Content.Headers.ContentType?.MediaType switch
            {
                MediaTypeNames.Application.Json => new ShallowContent(response.Content, byLine: false),
                MediaTypeNames.Text.EventStream => new ShallowContent(response.Content, byLine: true),
                _ => response.Content,
            };
        }

        return response;
    }

    /// <returns>Null where nothing is nested too deeply, or it is not JSON.</returns>
    public static byte[]? Cut(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        MemoryStream? cut = null;
        var copied = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= Deepest)
                {
                    cut ??= new MemoryStream(json.Length);
                    cut.Write(json[copied..(int)reader.TokenStartIndex]);
                    cut.Write(reader.TokenType == JsonTokenType.StartObject ? "{}"u8 : "[]"u8);
                    reader.Skip();
                    copied = (int)reader.BytesConsumed;
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        cut?.Write(json[copied..]);
        return cut?.ToArray();
    }

    private static async Task<bool> AsksForListAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content)
        {
            return false;
        }

        await content.LoadIntoBufferAsync(cancellationToken);
        return content.Headers.ContentLength <= LongestQuestion
            && (await content.ReadAsByteArrayAsync(cancellationToken)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(RequestMethods.ToolsList)) >= 0;
    }

    /// <summary>The content without what <see cref="Cut"/> takes out. Of a stream of events each is passed on when it comes.</summary>
    private sealed class ShallowContent : HttpContent
    {
        private readonly HttpContent inner;
        private readonly bool byLine;

        public ShallowContent(HttpContent inner, bool byLine)
        {
            (this.inner, this.byLine) = (inner, byLine);
            foreach (var header in inner.Headers.Where(header => !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var source = await CreateContentReadStreamAsync();
            await source.CopyToAsync(stream);
        }

        protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
        {
            var source = await inner.ReadAsStreamAsync(cancellationToken);
            if (byLine)
            {
                var pipe = new Pipe();
                _ = PumpAsync(PipeReader.Create(source), pipe.Writer);
                return pipe.Reader.AsStream();
            }

            using var whole = new MemoryStream();
            await source.CopyToAsync(whole, cancellationToken);
            return new MemoryStream(Cut(whole.GetBuffer().AsSpan(0, (int)whole.Length)) ?? whole.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        /// <summary>Ends with the source, or when nobody reads any more. What the source throws, the reader gets.</summary>
        private static async Task PumpAsync(PipeReader source, PipeWriter target)
        {
            Exception? failure = null;
            try
            {
                var searched = 0L;
                for (var ended = false; !ended;)
                {
                    var read = await source.ReadAsync();
                    var rest = read.Buffer;
                    while (TakeLine(ref rest, ref searched, read.IsCompleted, out var line))
                    {
                        WriteLine(target, line);
                    }

                    source.AdvanceTo(rest.Start, rest.End);
                    ended = (await target.FlushAsync()).IsCompleted || read.IsCompleted;
                }
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            await source.CompleteAsync();
            await target.CompleteAsync(failure);
        }

        /// <param name="searched">How much of the rest holds no end of a line.</param>
        /// <param name="line">With its end.</param>
        private static bool TakeLine(ref ReadOnlySequence<byte> rest, ref long searched, bool isLast, out byte[] line)
        {
            var end = rest.Slice(searched).PositionOf((byte)'\n');
            if (end is null && (!isLast || rest.IsEmpty))
            {
                (searched, line) = (rest.Length, []);
                return false;
            }

            var after = end is { } at ? rest.GetPosition(1, at) : rest.End;
            (searched, line) = (0, rest.Slice(0, after).ToArray());
            rest = rest.Slice(after);
            return true;
        }

        private static void WriteLine(PipeWriter target, byte[] line)
        {
            var field = "data:"u8;
            var written = line.AsSpan().StartsWith(field) && Cut(line.AsSpan(field.Length)) is { } cut ? [.. field, .. cut] : line;
            target.Write(written);
        }
    }
}
