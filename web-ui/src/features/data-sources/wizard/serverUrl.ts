const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What is sent: `https://` is added where the scheme was left out. */
export function normalizeServerUrl(text: string): string {
  const trimmed = text.trim();
  return trimmed && !/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? `https://${trimmed}` : trimmed;
}

/** What is wrong with a typed address, as a sentence; null when it can be sent. The server checks where it leads. */
export function checkServerUrl(text: string): string | null {
  if (!text.trim()) return 'Enter the address of the server.';

  const address = normalizeServerUrl(text);
  if (!URL.canParse(address)) return 'This is not an address. It looks like https://mcp.example.com/mcp.';

  const { protocol, hostname, username, password, hash } = new URL(address);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.has(hostname))) return 'The address has to start with https://.';
  if (username || password) return 'Leave the user name and password out of the address: you sign in at the server.';
  if (hash) return 'Leave out the part from # on: servers never see it.';
  return null;
}
