using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using ClariBI.ServiceDefaults.Internal;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Gateway.Sessions;

/// <summary>Encrypts the keys of the session cookies before they reach the database: AES-256-GCM under a key derived from the internal key.</summary>
internal sealed class SessionKeyEncryptor(InternalKey internalKey) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var plaintext = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var ciphertext = new byte[plaintext.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var aes = new AesGcm(internalKey.Derive(SessionKeyDecryptor.Purpose), tag.Length);
        aes.Encrypt(nonce, plaintext, ciphertext, tag);
        CryptographicOperations.ZeroMemory(plaintext);
        byte[] value = [.. nonce, .. tag, .. ciphertext];
        return new EncryptedXmlInfo(new XElement("encryptedKey", Convert.ToBase64String(value)), typeof(SessionKeyDecryptor));
    }
}

/// <summary>Made by the data protection system by name, with the service provider.</summary>
internal sealed class SessionKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public const string Purpose = "session-keys";

    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var value = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var nonce = value[..AesGcm.NonceByteSizes.MaxSize];
        var tag = value.Slice(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        var ciphertext = value[(nonce.Length + tag.Length)..];
        var plaintext = new byte[ciphertext.Length];
        using var aes = new AesGcm(services.GetRequiredService<InternalKey>().Derive(Purpose), tag.Length);
        aes.Decrypt(nonce, ciphertext, tag, plaintext);
        return XElement.Parse(Encoding.UTF8.GetString(plaintext));
    }
}
