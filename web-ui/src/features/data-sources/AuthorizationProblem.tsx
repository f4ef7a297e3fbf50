import { ProblemError } from '@/api/http';
import type { AuthorizationFailure, AuthorizationStep } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';

const stepNames: Record<AuthorizationStep, string> = {
  discover: 'finding the sign-in server',
  register: 'registering ClariBI',
  consent: 'consent',
  state: 'checking the way back',
  exchange: 'exchanging the code',
  store: 'storing the grant',
  initialize: 'opening the session',
  list_tools: 'reading the tools',
  expired: 'waiting for the sign-in',
};

interface AuthorizationProblemProps {
  error: unknown;
  vendor: string;
  onStartOver?: () => void;
}

/** Which step of connecting failed, why, and the way on. */
export function AuthorizationProblem({ error, vendor, onStartOver }: AuthorizationProblemProps) {
  const step = error instanceof ProblemError ? error.problem.step : undefined;

  return (
    <ProblemAlert error={error} {...(onStartOver ? { onRetry: onStartOver, retryLabel: 'Start over' } : {})}>
      {step && (
        <p className="flush">
          Failed step: {stepNames[step] ?? step}. Nothing of {vendor} is kept.
        </p>
      )}
    </ProblemAlert>
  );
}

export const failureAsError = ({ step, title, detail }: AuthorizationFailure) =>
  new ProblemError({ type: 'authorization-failed', title, detail, status: 0, step });
