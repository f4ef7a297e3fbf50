using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ClariBI.CredentialVault.Keys;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("claribi-keys-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(folder, "deeper", "keys.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_missing_file_is_made_for_its_owner_alone()
    {
        var key = await Keys().CurrentAsync(Ct);

        key.Key.Length.ShouldBe(32);
        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Keys().CurrentAsync(Ct)).Key.ShouldBe(key.Key);
    }

    [Fact]
    public async Task A_file_that_others_may_read_is_refused_with_the_remedy()
    {
        await Keys().CurrentAsync(Ct);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var refusal = Should.Throw<InvalidOperationException>(() => Keys().CurrentAsync(Ct).AsTask());

        refusal.Message.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task What_an_old_version_wrapped_opens_after_a_new_one_became_current()
    {
        var keys = Keys();
        var sealedBefore = await SealAsync("row", keys);
        var first = await keys.CurrentAsync(Ct);
        await File.WriteAllTextAsync(
            Path, $$$"""{"current":"2","keys":{"1":"{{{Convert.ToBase64String(first.Key)}}}","2":"{{{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}}}"}}""", Ct);

        var laterKeys = Keys();
        var later = new Envelope(laterKeys);
        var sealedAfter = await SealAsync("row", laterKeys);

        (sealedBefore.KeyVersion, sealedAfter.KeyVersion).ShouldBe(("1", "2"));
        Encoding.UTF8.GetString(await later.OpenAsync(sealedBefore, "row", Ct)).ShouldBe("secret");

        // The process that started with the old file takes the new version up when it meets one.
        Encoding.UTF8.GetString(await new Envelope(keys).OpenAsync(sealedAfter, "row", Ct)).ShouldBe("secret");
    }

    [Fact]
    public async Task A_secret_opens_only_for_what_it_was_bound_to()
    {
        var keys = Keys();
        var envelope = new Envelope(keys);
        var box = await SealAsync("grant:a:b:1", keys);

        await Should.ThrowAsync<CryptographicException>(() => envelope.OpenAsync(box, "grant:a:b:2", Ct));
    }

    private static async Task<SealedEnvelope> SealAsync(string bound, KeyFile keys)
    {
        var wrapping = await keys.CurrentAsync(Ct);
        return Envelope.Seal("secret"u8, bound, wrapping);
    }

    private KeyFile Keys() => new(Options.Create(new VaultOptions { KeyFile = Path }));
}
