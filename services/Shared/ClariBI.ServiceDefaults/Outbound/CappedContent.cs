using System.Net;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>Response content that refuses to be read past a number of bytes, whatever its declared length.</summary>
internal sealed class CappedContent : HttpContent
{
    private readonly HttpContent inner;
    private readonly long limit;
    private readonly Action<long>? told;

    /// <param name="told">Told the limit before reading past it fails.</param>
    public CappedContent(HttpContent inner, long limit, Action<long>? told)
    {
        (this.inner, this.limit, this.told) = (inner, limit, told);
        foreach (var header in inner.Headers)
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

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new CappedStream(await inner.ReadAsStreamAsync(cancellationToken), limit, told);

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? 0;
        return inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class CappedStream(Stream inner, long limit, Action<long>? told) : Stream
    {
        private long read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException("A network stream has no length.");

        public override long Position
        {
            get => read;
            set => throw new NotSupportedException("A network stream cannot be positioned.");
        }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A network stream cannot be positioned.");

        public override void SetLength(long value) => throw new NotSupportedException("A network stream has no length.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A response is read only.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Count(int bytes)
        {
            read += bytes;
            if (read <= limit)
            {
                return bytes;
            }

            told?.Invoke(limit);
            throw new ResponseTooLargeException(limit);
        }
    }
}
