namespace ClariBI.Contracts;

/// <summary>
/// A secret sealed to one receiver: ECDH on P-256 with an ephemeral sender key, HKDF-SHA256, AES-256-GCM.
/// All fields are base64url. The associated data is fixed by each message and is not sent.
/// </summary>
/// <param name="EphemeralPublicKey">The sender's one-use public key, SubjectPublicKeyInfo DER.</param>
/// <param name="Nonce">12 bytes.</param>
/// <param name="Ciphertext">Ciphertext followed by the 16-byte tag.</param>
public sealed record Sealed(string EphemeralPublicKey, string Nonce, string Ciphertext);
