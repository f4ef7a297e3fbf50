import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Account, connect } from './support/account.js';
import { Arguments, accepts } from './support/arguments.js';
import { startSandbox } from './support/sandbox.js';

/** Reads that a sandbox may answer with a refusal of its own, by name of the tool and the words that must be in it. */
const knownRefusals = { use_amplitude_chart_monitors: /not (enabled|found)/i };

/** The answer to an id that had to be made up, or left out, because the data has nothing of that kind. */
const nothingThere = /^NotFoundError: |: Field required$/;

const progressive = ['list_tool_categories', 'get_category_tools', 'describe_tool'];

for (const { label, options = [], query = '', listed, has, hasNot } of [
  { label: 'gen3', listed: [45, 49], has: ['query_amplitude_data', 'use_amp_dashboards'], hasNot: ['query_dataset', ...progressive] },
  { label: 'gen2', options: ['--profile', 'gen2'], listed: [24, 24], has: ['query_dataset', 'get_charts'], hasNot: ['query_amplitude_data', ...progressive] },
  { label: 'progressive discovery', query: '?discovery=progressive', listed: [3, 15], has: progressive, hasNot: ['use_amp_dashboards'] },
]) {
  describe(label, () => {
    let sandbox, client, first, tools, values;

    before(async () => {
      sandbox = await startSandbox(...options);
      ({ client } = await connect(new URL(`/mcp${query}`, sandbox.origin)));
      first = (await listAll(client)).map((tool) => tool.name);
      tools = await everyTool(client);
      values = await valuesOf(tools, client);
    });
    after(async () => {
      await client?.close();
      await sandbox?.stop();
    });

    test('the list is the one of this profile', () => {
      assert.ok(first.length >= listed[0] && first.length <= listed[1], `${first.length} tools: ${first}`);
      assert.deepEqual(has.filter((name) => !first.includes(name)), [], 'missing');
      assert.deepEqual(hasNot.filter((name) => first.includes(name)), [], 'too many');
      if (query) assert.ok(tools.length >= 45, `${tools.length} tools can be found through the categories`);
    });

    test('the list is well formed', () => {
      assert.equal(new Set(first).size, first.length, 'names are unique');
      for (const tool of tools) {
        assert.ok(tool.description, tool.name);
        assert.equal(tool.inputSchema.type, 'object', tool.name);
        assert.equal(typeof tool.annotations?.readOnlyHint, 'boolean', tool.name);
      }
    });

    test('every tool answers the smallest arguments that make sense', async () => {
      const faults = [];
      const counts = { answered: 0, refused: 0 };
      const made = new Arguments(values);
      for (const tool of tools) {
        const given = made.for(tool);
        const outcome = await outcomeOf(client, tool.name, given);
        counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1;
        const right = isWriting(tool)
          ? outcome.kind === 'refused'
          : outcome.kind === 'answered' || (!tool.annotations.readOnlyHint && outcome.kind === 'refused') || knownRefusals[tool.name]?.test(outcome.text) || (made.lacksId && nothingThere.test(outcome.text));
        if (!right) faults.push(`${tool.name} ${JSON.stringify(given)}: ${outcome.kind}: ${outcome.text.slice(0, 300)}`);
      }
      console.log(`${label}: ${tools.length} tools, ${JSON.stringify(counts)}`);
      assert.deepEqual(faults, []);
    });

    test('every action of every tool answers, refuses a write, or says which field is missing', async () => {
      const faults = [];
      const made = new Arguments(values);
      for (const tool of tools) {
        for (const given of made.actions(tool)) {
          const outcome = await outcomeOf(client, tool.name, given);
          const writes = /^(create|edit|update|delete|replace|subscribe|unsubscribe|restore|save|set|move|archive|add|remove|publish)/.test(given.action);
          const right = writes ? outcome.kind !== 'answered' : outcome.kind !== 'broken';
          if (!right) faults.push(`${tool.name} ${JSON.stringify(given)}: ${outcome.kind}: ${outcome.text.slice(0, 300)}`);
        }
      }
      assert.deepEqual(faults, []);
    });

    test('a wrong type for every field is refused in the form of the hosted server', async () => {
      const faults = [];
      const made = new Arguments(values);
      for (const tool of tools) {
        for (const [name, schema] of Object.entries(tool.inputSchema.properties ?? {})) {
          const wrong = [{ nothing: null }, [null], 'text', true].find((value) => !accepts(schema, value));
          if (wrong === undefined) continue;
          const result = await client.callTool({ name: tool.name, arguments: { ...made.for(tool), [name]: wrong } });
          const { text } = result.content[0];
          if (!result.isError || !text.startsWith('MCP error -32602: Input validation error: Invalid arguments for tool')) faults.push(`${tool.name}.${name}: ${text.slice(0, 200)}`);
        }
      }
      assert.deepEqual(faults, []);
    });

    test('an unknown tool is refused', async () => {
      const result = await client.callTool({ name: 'no_such_tool', arguments: {} }).catch((error) => ({ isError: true, content: [{ text: error.message }] }));
      assert.ok(result.isError);
      assert.match(result.content[0].text, /MCP error.*no_such_tool/);
    });

    test('nothing was logged as an error', () => assert.doesNotMatch(sandbox.output(), /^(fail|crit):/m));
  });
}

test('with a grant that may write, a tool that only writes is not refused', async () => {
  const sandbox = await startSandbox();
  try {
    const { client } = await connect(sandbox.mcp, new Account({ scope: 'mcp:read mcp:write' }));
    const result = await client.callTool({ name: 'rename_chart', arguments: { chartId: 'n1actfunl', name: 'Renamed' } });
    assert.ok(!result.isError, result.content[0].text);
    assert.equal(JSON.parse(result.content[0].text).success, true);
    await client.close();
  } finally {
    await sandbox.stop();
  }
});

const isWriting = (tool) => {
  const levels = tool._meta?.['amplitude/accessLevels'] ?? [];
  return levels.length === 1 && levels[0] === 'write';
};

async function listAll(client) {
  const tools = [];
  let cursor;
  do {
    const page = await client.listTools(cursor ? { cursor } : {});
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor);
  return tools;
}

/** What is listed and, with progressive discovery, what the categories name besides. */
async function everyTool(client) {
  const tools = new Map((await listAll(client)).map((tool) => [tool.name, tool]));
  if (!progressive.every((name) => tools.has(name))) return [...tools.values()];
  const ask = async (name, value) => {
    const [argument] = tools.get(name).inputSchema.required ?? [];
    return JSON.parse((await client.callTool({ name, arguments: argument ? { [argument]: value } : {} })).content[0].text);
  };
  for (const category of (await ask('list_tool_categories')).categories) {
    for (const { name } of (await ask('get_category_tools', category.name)).tools) {
      if (!tools.has(name)) tools.set(name, await ask('describe_tool', name));
    }
  }
  return [...tools.values()];
}

async function outcomeOf(client, name, given) {
  let result;
  try {
    result = await client.callTool({ name, arguments: given }, undefined, { timeout: 30_000 });
  } catch (error) {
    return { kind: 'broken', text: error.message };
  }
  const [content] = result.content;
  if (result.content.length !== 1 || content.type !== 'text') return { kind: 'broken', text: JSON.stringify(result) };
  if (result.isError) {
    if (/internal error/i.test(content.text)) return { kind: 'broken', text: content.text };
    return { kind: /mcp:write|write access|read-only/i.test(content.text) ? 'refused' : 'fault', text: content.text };
  }
  try {
    JSON.parse(content.text);
    return { kind: 'answered', text: content.text };
  } catch {
    return { kind: 'broken', text: content.text };
  }
}

/** Ids and names that exist, asked of the tools themselves, whatever they are called in this profile. */
async function valuesOf(tools, client) {
  const has = (name) => tools.some((tool) => tool.name === name);
  const read = async (name, given) => JSON.parse((await client.callTool({ name, arguments: given })).content[0].text);
  const context = await read(has('get_amplitude_context') ? 'get_amplitude_context' : 'get_context', {});
  const projectId = String(context.projects[0].appId ?? context.projects[0].id);
  const values = { projectId, event: '_active', chartId: 'n1actfunl', amplitudeId: '1', url: 'https://app.amplitude.com/analytics/northwind/chart/n1actfunl' };
  const search = ['search_amp_entities', 'search'].find(has);
  if (!search) return values;
  const found = async (type) => {
    const reply = await read(search, { appIds: [projectId], entityTypes: [type] }).catch(() => ({}));
    return (reply.results ?? reply.entities ?? reply.items ?? [])[0] ?? {};
  };
  values.event = (await found('EVENT')).name ?? values.event;
  values.chartId = (await found('CHART')).id ?? values.chartId;
  values.url = `https://app.amplitude.com/analytics/${context.organization.id}/chart/${values.chartId}`;
  for (const [type, field] of [['COHORT', 'cohortId'], ['DASHBOARD', 'dashboardId'], ['NOTEBOOK', 'notebookId'], ['EXPERIMENT', 'experimentId'], ['METRIC', 'metricId'], ['FLAG', 'flagId']]) values[field] = (await found(type)).id;
  const firstOf = async (names, given, list, field) => {
    const name = names.find(has);
    return name && (await read(name, given).catch(() => ({})))[list]?.[0]?.[field];
  };
  const month = { projectId, dateStart: '2026-10-20', dateEnd: '2026-11-20' };
  const replay = (field) => firstOf(['get_amp_session_replay_info', 'get_session_replays'], { projectId }, 'sessionReplays', field);
  values.sessionReplayId = await replay('sessionReplayId');
  values.amplitudeId = (await replay('amplitudeId')) ?? values.amplitudeId;
  values.insightId = (await firstOf(['get_feedback_insights', 'use_amplitude_ai_feedback'], month, 'insights', 'insightId')) ?? (await firstOf(['get_feedback_insights', 'use_amplitude_ai_feedback'], month, 'insights', 'id'));
  return values;
}
