const person = { email: 'owner@conformance.example', password: 'a long enough password' };

/**
 * The product over HTTP, as a browser uses it: cookies are kept, redirects are not followed.
 */
export class Product {
  #cookies = new Map();

  constructor(url) {
    this.url = url;
  }

  /** Everybody in a run is the same person, in as many browsers as there are scenarios. */
  async signUp() {
    await this.send('POST', '/api/accounts', { ...person, displayName: 'Conformance', workspaceName: 'Conformance' });
  }

  async signIn() {
    await this.send('POST', '/api/session', person);
  }

  /** @returns the body; a problem is thrown. */
  async send(method, path, body) {
    const response = await this.#fetch(method, new URL(path, this.url), body);
    const text = await response.text();
    const answer = text ? JSON.parse(text) : undefined;
    if (!response.ok) throw new Problem(response.status, answer);
    return answer;
  }

  /** Opens one of the product's pages with its cookies, and says where it leads. */
  async open(path) {
    const response = await this.#fetch('GET', new URL(path, this.url));
    await response.body?.cancel();
    return response.headers.get('location');
  }

  async #fetch(method, url, body) {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; '), ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.#cookies.set(name, value);
    }
    return response;
  }
}

export class Problem extends Error {
  constructor(status, body) {
    super(`HTTP ${status} ${body?.type}: ${body?.title} ${body?.detail ?? ''}`);
    this.type = body?.type;
  }
}
