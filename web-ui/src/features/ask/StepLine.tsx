import type { Step } from '@/api/types';
import { Icon } from '@/shared/Icon';

interface StepLineProps {
  step: Step;
  running: boolean;
  now: number;
}

export function StepLine({ step, running, now }: StepLineProps) {
  const ended = step.finishedAt ? Date.parse(step.finishedAt) : running ? now : undefined;
  const state = step.failed ? 'failed' : step.finishedAt || !running ? 'done' : 'running';

  return (
    <li data-state={state}>
      <span className="step-mark">{state === 'failed' ? <Icon name="cross" size={14} /> : state === 'done' && <Icon name="check" size={14} />}</span>
      <span className="wrap">{step.text}</span>
      {state === 'failed' && <span className="visually-hidden"> (failed)</span>}
      {ended !== undefined && <span className="elapsed">{formatElapsed(ended - Date.parse(step.startedAt))}</span>}
    </li>
  );
}

/** Never negative: the server's clock may be a little ahead of the browser's. */
export const formatElapsed = (milliseconds: number) => `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;
