import { Button, Group, JsonInput, NativeSelect, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useCallTool } from '@/api/tools';
import type { CallResult, DataSource, Tool } from '@/api/types';
import { prettyJson } from '@/shared/format/json';
import { formatCount, formatDuration } from '@/shared/format/values';
import { Notice } from '@/shared/Notice';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** One call by hand, through the same policy as every other call; it is written to the call log too. */
export function TryTool({ source, tools }: { source: DataSource; tools: Tool[] }) {
  const callable = tools.filter((tool) => tool.enabled && (tool.verdict === 'allowed' || tool.verdict === 'narrowed'));
  const call = useCallTool(source.id);
  const form = useForm({
    initialValues: { tool: callable[0]?.name ?? '', text: '{}' },
    validate: { text: (text) => (readObject(text) ? null : 'Enter a JSON object, such as {"projectId": "1"}.') },
  });
  if (callable.length === 0 || source.state === 'disconnected') return null;

  const onSubmit = form.onSubmit(({ tool, text }) => {
    const values = readObject(text);
    if (values) call.mutate({ tool, arguments: values });
  });

  return (
    <details className="surface panel evidence">
      <summary className="evidence-title">Try a tool</summary>
      <form onSubmit={onSubmit}>
        <Stack gap="sm" mt="sm" maw={640}>
          <Text c="dimmed">Makes one real call with the arguments you write. The policy checks it like any other.</Text>
          <NativeSelect label="Tool to try" data={callable.map(({ name }) => name)} {...form.getInputProps('tool')} />
          <JsonInput label="Arguments" autosize minRows={4} maxRows={16} {...form.getInputProps('text')} />
          <Group>
            <Button type="submit" variant="default" loading={call.isPending}>
              Call the tool
            </Button>
          </Group>
        </Stack>
      </form>
      {call.isError && <ProblemAlert error={call.error} />}
      {call.data && !call.isPending && <Result result={call.data} />}
    </details>
  );
}

function Result({ result }: { result: CallResult }) {
  return (
    <Stack gap="xs" mt="sm" role="region" aria-label="Result of the call">
      {result.vendorIsError && <Notice tone="warning" title="The vendor answered with an error" />}
      <Text c="dimmed" role="status">
        {formatDuration(result.durationMs / 1000)}
        {result.truncatedRows ? `, ${formatCount(result.truncatedRows)} rows left out` : ''}
      </Text>
      <pre className="json" tabIndex={0} aria-label="Answer">
        {prettyJson(result.text)}
      </pre>
    </Stack>
  );
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
