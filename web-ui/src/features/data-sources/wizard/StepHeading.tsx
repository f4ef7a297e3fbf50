import { Title } from '@mantine/core';
import { useEffect, useRef } from 'react';

/** Takes the focus when a step replaces another, so that the change is heard. */
export function StepHeading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus(), []);

  return (
    <Title order={2} ref={heading} tabIndex={-1} className="page-heading">
      {children}
    </Title>
  );
}
