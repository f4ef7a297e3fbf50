using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClariBI.CredentialVault.Secrets;

namespace ClariBI.CredentialVault.Vendor;

/// <summary>
/// An <c>application/x-www-form-urlencoded</c> body whose bytes are cleared when it is disposed. What the HTTP stack copies into
/// its send buffer is out of reach.
/// </summary>
internal sealed class FormBody : HttpContent
{
    private readonly SecretBuffer body = new();

    public FormBody() => Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

    public FormBody Add(string name, string? value) => value is null ? this : Add(name, Encoding.UTF8.GetBytes(value));

    public FormBody Add(string name, SecretText? value) => value is null ? this : Add(name, value.Utf8);

    public FormBody Add(string name, ReadOnlySpan<byte> value)
    {
        if (body.Written.Length > 0)
        {
            body.Write("&"u8);
        }

        body.Write(Encoding.ASCII.GetBytes(name));
        body.Write("="u8);
        Encode(value, body);
        return this;
    }

    /// <summary>Percent-encoding of everything but letters, digits and <c>-._~</c> (RFC 3986 section 2.3).</summary>
    public static void Encode(ReadOnlySpan<byte> value, SecretBuffer target)
    {
        foreach (var octet in value)
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                target.Write([octet]);
            }
            else
            {
                target.Write([(byte)'%', Hex(octet >> 4), Hex(octet & 15)]);
            }
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        await stream.WriteAsync(body.Written, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Written.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte Hex(int digit) => (byte)"0123456789ABCDEF"[digit];
}
