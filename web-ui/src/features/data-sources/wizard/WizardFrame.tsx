import type { ReactNode } from 'react';

const steps = [
  { key: 'choose', label: 'Choose' },
  { key: 'authorize', label: 'Authorize' },
  { key: 'name', label: 'Name' },
] as const;

interface WizardFrameProps {
  step: (typeof steps)[number]['key'];
  vendor?: string | undefined;
  children: ReactNode;
}

/** The steps on the left, the current one on the right. */
export function WizardFrame({ step, vendor, children }: WizardFrameProps) {
  const current = steps.findIndex((one) => one.key === step);

  return (
    <div className="wizard">
      <ol className="wizard-steps" aria-label="Steps">
        {steps.map((one, index) => (
          <li key={one.key} aria-current={index === current ? 'step' : undefined} data-done={index < current}>
            <span className="wizard-number" aria-hidden="true">
              {index + 1}
            </span>
            <span>
              {one.label}
              {one.key === 'choose' && vendor && <span className="wizard-choice">{vendor}</span>}
              {index < current && <span className="visually-hidden"> (done)</span>}
            </span>
          </li>
        ))}
      </ol>
      <div className="wizard-body">{children}</div>
    </div>
  );
}
