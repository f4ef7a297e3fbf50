using System.Buffers;
using System.Security.Cryptography;

namespace ClariBI.CredentialVault.Secrets;

/// <summary>
/// Bytes that grow and are cleared: on growth the old array, at the end the last one. The arrays are pinned, so that the
/// garbage collector leaves no copy behind when it moves memory.
/// </summary>
internal sealed class SecretBuffer(int capacity = 1024) : IBufferWriter<byte>, IDisposable
{
    private byte[] bytes = Allocate(capacity);
    private int length;

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

    public static byte[] Allocate(int length) => GC.AllocateArray<byte>(length, pinned: true);

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return bytes.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Write(ReadOnlySpan<byte> more)
    {
        more.CopyTo(GetSpan(more.Length));
        length += more.Length;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(bytes);
        (bytes, length) = ([], 0);
    }

    private void Grow(int needed)
    {
        if (bytes.Length - length >= needed)
        {
            return;
        }

        var larger = Allocate(Math.Max(bytes.Length * 2, length + needed));
        bytes.AsSpan(0, length).CopyTo(larger);
        CryptographicOperations.ZeroMemory(bytes);
        bytes = larger;
    }
}
