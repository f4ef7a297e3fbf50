import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { decide } from './browser.js';

/** What the SDK asks of an application: where it keeps registration, verifier and tokens, and how it opens the browser. */
export class Account {
  redirectUrl = 'http://localhost:8900/callback';
  saved = [];
  pages = [];
  /** Of the replies to what was posted to the MCP endpoint. */
  contentTypes = [];

  constructor({ scope = 'mcp:read', ...person } = {}) {
    this.scope = scope;
    this.person = person;
  }

  get clientMetadata() {
    return {
      client_name: 'Official SDK',
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: this.scope,
    };
  }

  state() {
    return (this.sentState = crypto.randomUUID());
  }

  clientInformation() {
    return this.client;
  }

  saveClientInformation(client) {
    this.client = client;
  }

  tokens() {
    return this.saved.at(-1);
  }

  saveTokens(tokens) {
    this.saved.push(tokens);
  }

  saveCodeVerifier(verifier) {
    this.verifier = verifier;
  }

  codeVerifier() {
    return this.verifier;
  }

  invalidateCredentials(scope) {
    if (scope === 'all' || scope === 'client') this.client = undefined;
    if (scope === 'all' || scope === 'tokens') this.saved.push(undefined);
  }

  fetch = async (url, init) => {
    const reply = await fetch(url, init);
    if (init?.method === 'POST' && reply.status === 200 && new URL(url).pathname === '/mcp') this.contentTypes.push(reply.headers.get('content-type').split(';')[0]);
    return reply;
  };

  async redirectToAuthorization(url) {
    // The SDK asks for every scope the resource publishes; this application wants no more than its own.
    url.searchParams.set('scope', this.scope);
    this.asked = url;
    const { answer, pages } = await decide(url, this.redirectUrl, this.person);
    this.pages.push(...pages);
    this.answer = answer;
  }
}

/** Connects as an application does on its first start: the refused connection leads to sign-in, the second one works. */
export async function connect(url, account = new Account()) {
  const first = newClient();
  const transport = newTransport(url, account);
  try {
    await first.connect(transport);
    return { client: first, transport, account };
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
  }
  const code = account.answer?.get('code');
  if (!code) throw new Error(`Sign-in ended without a code: ${account.answer}`);
  await transport.finishAuth(code);
  await transport.close();
  return { ...(await reconnect(url, account)), refusedFirst: true };
}

/** A new session with the tokens the account has. */
export async function reconnect(url, account) {
  const client = newClient();
  const transport = newTransport(url, account);
  await client.connect(transport);
  return { client, transport, account };
}

const newClient = () => new Client({ name: 'official-sdk', version: '1.0.0' });
const newTransport = (url, account) => new StreamableHTTPClientTransport(new URL(url), { authProvider: account, fetch: account.fetch });
