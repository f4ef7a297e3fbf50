import { Button } from '@mantine/core';
import { useState } from 'react';

interface CopyButtonProps {
  text: string;
  /** What is copied, as part of the button's name: "Copy the address". */
  what: string;
}

type Outcome = 'copied' | 'refused';

const outcomes: Record<Outcome, string> = {
  copied: 'Copied',
  refused: 'The browser does not allow copying here. Select the text and copy it by hand.',
};

/** The clipboard may be refused, over plain http for example: then it says so. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>();

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  }

  return (
    <span className="copy">
      <Button size="xs" variant="default" onClick={() => void copy()}>
        Copy {what}
      </Button>
      <span role="status">{outcome && outcomes[outcome]}</span>
    </span>
  );
}
