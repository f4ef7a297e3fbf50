/**
 * What the suite starts for every scenario: a person who connects the scenario's server and calls its tools, and nothing else.
 * Everything a client has to do is done by the product at CLARIBI_URL.
 */
import { Product, Problem } from './product.js';

const serverUrl = process.argv.at(-1);
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const product = new Product(process.env.CLARIBI_URL);
const mostAuthorizations = 3;
/** No two data sources of a workspace are called the same. */
const name = `${process.env.MCP_CONFORMANCE_SCENARIO ?? 'Conformance'} ${process.pid}`;
let authorizations = 0;

await product.signIn();
let source = await connect();
for (const { name, arguments: args } of await calls()) {
  await call(name, args);
}

/** Authorize, come back from the consent page, give it a name. */
async function connect(dataSourceId) {
  authorizations++;
  const started = await product.send('POST', '/api/authorizations', {
    vendor: 'conformance',
    serverUrl,
    dataSourceId,
    client: context.client_id && { id: context.client_id, secret: context.client_secret },
  });
  if (started.authorizeUrl) {
    const consent = await fetch(started.authorizeUrl, { redirect: 'manual' });
    const callback = new URL(consent.headers.get('location'));
    await product.open(callback.pathname + callback.search);
  }
  const authorization = await settled(started.id);
  if (authorization.status !== 'authorized') {
    // Consent was given and the vendor wants another: the page offers to start over.
    const again = ['initialize', 'list_tools'].includes(authorization.failure?.step) && authorizations < mostAuthorizations;
    if (again) return connect(dataSourceId);
    throw new Error(`The authorization ended at ${authorization.failure?.step}: ${authorization.failure?.title} ${authorization.failure?.detail}`);
  }
  return product.send('POST', '/api/data-sources', { authorizationId: authorization.id, name });
}

async function settled(id) {
  for (let turn = 0; turn < 200; turn++) {
    const authorization = await product.send('GET', `/api/authorizations/${id}`);
    if (!['awaiting_consent', 'completing'].includes(authorization.status)) return authorization;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The authorization did not come to an end.');
}

/** What the scenario asks to be called, else every tool that the product admits, with the smallest arguments. */
async function calls() {
  const listed = await product.send('GET', `/api/data-sources/${source.id}/tools`);
  const tools = listed.tools ?? listed;
  if (context.toolCalls) return context.toolCalls;
  const admitted = tools.filter((tool) => ['allowed', 'narrowed'].includes(tool.verdict)).map((tool) => tool.name);
  const known = { add_numbers: { a: 5, b: 3 }, valid_tool: { region: 'eu' } };
  return admitted.map((name) => ({ name, arguments: known[name] ?? {} }));
}

/** A call that needs another consent is repeated after it, as long as a person would have the patience. */
async function call(name, args) {
  for (;;) {
    try {
      return await product.send('POST', `/api/data-sources/${source.id}/calls`, { tool: name, arguments: args });
    } catch (problem) {
      const connectAgain = problem instanceof Problem && ['insufficient-scope', 'needs-reauthorization'].includes(problem.type);
      if (!connectAgain || authorizations >= mostAuthorizations) throw problem;
      source = await connect(source.id);
    }
  }
}
