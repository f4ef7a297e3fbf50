import { Group } from '@mantine/core';

interface QuestionChipsProps {
  questions: string[];
  disabled?: boolean;
  onAsk: (question: string) => void;
}

/** Questions one click away. */
export function QuestionChips({ questions, disabled = false, onAsk }: QuestionChipsProps) {
  return (
    <Group gap="xs">
      {questions.map((question) => (
        <button key={question} type="button" className="chip" disabled={disabled} onClick={() => onAsk(question)}>
          {question}
        </button>
      ))}
    </Group>
  );
}
