using System.Collections.Concurrent;

namespace ClariBI.Sandbox.OAuth;

/// <summary>Authorization codes live 60 seconds and are spent by the first exchange; a second one ends the grant it made.</summary>
internal sealed class CodeStore(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, PendingCode> codes = new();

    public string Add(string clientId, AuthorizationRequest request, string organisationId, string account)
    {
        var now = clock.GetUtcNow();
        foreach (var old in codes.Where(code => code.Value.ExpiresAt + Life < now))
        {
            codes.TryRemove(old.Key, out _);
        }

        var code = Secrets.New("amp_ac_");
        codes[Secrets.Hash(code)] = new(clientId, request.RedirectUri, request.Challenge, organisationId, account, Scopes.Parse(request.Scope)!, now + Life);
        return code;
    }

    public PendingCode? Find(string code) => codes.TryGetValue(Secrets.Hash(code), out var pending) ? pending : null;

    public bool HasExpired(PendingCode code) => code.ExpiresAt <= clock.GetUtcNow();

    internal sealed record PendingCode(string ClientId, string RedirectUri, string Challenge, string OrganisationId, string Account, string[] Scopes, DateTimeOffset ExpiresAt)
    {
        private int spent;

        public string? GrantId { get; set; }

        /// <summary>True for exactly one caller, whatever else runs at the same time.</summary>
        public bool Spend() => Interlocked.Exchange(ref spent, 1) == 0;
    }
}
