import { Group, Stack, Text } from '@mantine/core';
import type { Analysis } from '@/api/types';

interface ClarificationProps {
  clarification: NonNullable<Analysis['clarification']>;
  disabled: boolean;
  onAsk: (question: string) => void;
}

/** The question back, with what was really found in the data as candidates. */
export function Clarification({ clarification, disabled, onAsk }: ClarificationProps) {
  return (
    <Stack gap="sm">
      <Text className="finding">{clarification.text}</Text>
      <Group gap="xs" role="group" aria-label="Choose what you meant">
        {clarification.options.map((option) => (
          <button key={option.question} type="button" className="chip" disabled={disabled} onClick={() => onAsk(option.question)}>
            {option.label}
            {option.detail && (
              <>
                {' '}
                <small>· {option.detail}</small>
              </>
            )}
          </button>
        ))}
      </Group>
    </Stack>
  );
}
