import { ProblemError } from '@/api/http';
import type { AuthorizationFailure, AuthorizationStep } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface StepText {
  name: string;
  fix: (vendor: string) => string;
}

const steps: Record<AuthorizationStep, StepText> = {
  discover: {
    name: 'finding the sign-in server',
    fix: () => 'If it stays so, check the region or the address. “Check the server” shows what answers there.',
  },
  register: {
    name: 'registering ClariBI',
    fix: (vendor) => `Ask an admin of ${vendor} to allow MCP clients. For a custom server, enter the ID of a client made there.`,
  },
  consent: {
    name: 'consent',
    fix: (vendor) => `Start over and choose Allow. If ${vendor} does not let you, an admin has to allow MCP for your role.`,
  },
  state: {
    name: 'checking the way back',
    fix: () => 'Start over and finish the sign-in in this browser, under the same ClariBI account.',
  },
  exchange: {
    name: 'exchanging the code',
    fix: () => 'Start over. If it fails again, start over with a fresh registration.',
  },
  store: {
    name: 'storing the grant',
    fix: () => 'Start over in a minute. If it comes back, tell whoever runs ClariBI.',
  },
  initialize: {
    name: 'opening the session',
    fix: (vendor) => `Check the region, and whether an admin of ${vendor} has switched MCP off. Then start over.`,
  },
  list_tools: {
    name: 'reading the tools',
    fix: (vendor) => `Start over. If it fails again, ask an admin of ${vendor} whether your role may use MCP.`,
  },
  expired: {
    name: 'waiting for the sign-in',
    fix: () => 'Start over and finish the sign-in within ten minutes.',
  },
};

interface AuthorizationProblemProps {
  error: unknown;
  vendor: string;
  onStartOver?: () => void;
  /** Goes on with the hosts that the problem names, where it leaves that to the person. */
  onConfirm?: (hosts: string) => void;
}

/** Which step of connecting failed, why, and the way on. */
export function AuthorizationProblem({ error, vendor, onStartOver, onConfirm }: AuthorizationProblemProps) {
  const { step, confirm } = error instanceof ProblemError ? error.problem : {};
  if (confirm && onConfirm) {
    return <ProblemAlert error={error} onRetry={() => onConfirm(confirm)} retryLabel={`Go on with ${confirm.replaceAll(' ', ' and ')}`} />;
  }
  // A service newer than this page may name a step it does not know.
  const text: StepText | undefined = step && steps[step];

  return (
    <ProblemAlert error={error} {...(onStartOver ? { onRetry: onStartOver, retryLabel: 'Start over' } : {})}>
      {step && (
        <>
          <p className="flush">Failed step: {text?.name ?? step}.</p>
          {text && <p className="flush">What to do: {text.fix(vendor)}</p>}
        </>
      )}
    </ProblemAlert>
  );
}

export const failureAsError = ({ step, title, detail }: AuthorizationFailure) =>
  new ProblemError({ type: 'authorization-failed', title, detail, status: 0, step });
