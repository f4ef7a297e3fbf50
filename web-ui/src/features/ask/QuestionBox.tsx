import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { formatCount } from '@/shared/format/values';

const longestQuestion = 2000;

interface QuestionBoxProps {
  /** Stands in the box until the person types. */
  prefill?: string | undefined;
  placeholder?: string;
  /** One line high until more is typed. */
  compact?: boolean;
  busy: boolean;
  error: unknown;
  onAsk: (question: string, onAsked: () => void) => void;
}

export function QuestionBox({ prefill, placeholder, compact = false, busy, error, onAsk }: QuestionBoxProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const suggested = draft === null ? prefill : undefined;
  const question = (draft ?? prefill ?? '').trim();
  const tooLong = question.length > longestQuestion;

  // The suggestion may arrive when the box already has the focus: typing then replaces it.
  useEffect(() => {
    if (suggested && box.current === document.activeElement) box.current?.select();
  }, [suggested]);

  function submit(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    if (question === '' || tooLong || busy) return;
    onAsk(question, () => setDraft(''));
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {error ? <ProblemAlert error={error} /> : null}
        <div className="surface question-box">
          <Textarea
            ref={box}
            aria-label="Question"
            placeholder={placeholder ?? 'Which segment has the highest 7-day retention?'}
            variant="unstyled"
            autosize
            minRows={compact ? 1 : 2}
            maxRows={8}
            autoFocus
            value={draft ?? prefill ?? ''}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
            }}
            error={
              tooLong &&
              `A question holds up to ${formatCount(longestQuestion)} characters; this one has ${formatCount(question.length)}. Shorten it to ask.`
            }
          />
          <Group justify="space-between" wrap="nowrap">
            <Text size="xs" c="dimmed" visibleFrom="xs">
              Enter asks, Shift+Enter starts a new line
            </Text>
            <Button ml="auto" type="submit" loading={busy} disabled={question === '' || tooLong}>
              Ask
            </Button>
          </Group>
        </div>
      </Stack>
    </form>
  );
}
