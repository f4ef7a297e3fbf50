import { Stack, Text } from '@mantine/core';
import type { DoctorReport, DoctorStep, DoctorStepStatus } from '@/api/types';
import { CopyButton } from '@/shared/CopyButton';
import { formatDateTime } from '@/shared/format/time';
import { formatDuration } from '@/shared/format/values';

const statuses: Record<DoctorStepStatus, { label: string; tone: string }> = {
  passed: { label: 'Passed', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  skipped: { label: 'Skipped', tone: 'off' },
};

/** Step after step of a connection, with the cause and the way out of the one that fails. */
export function DoctorReportView({ report }: { report: DoctorReport }) {
  const failed = report.steps.filter((step) => step.status === 'failed').length;

  return (
    <Stack gap="md">
      <Text fw={600} role="status">
        {report.healthy ? 'The connection is healthy.' : `Not healthy: ${failed === 1 ? 'one step' : `${failed} steps`} failed.`}{' '}
        <Text span c="dimmed" fw={400}>
          Checked {formatDateTime(report.startedAt)} in {formatDuration(report.durationMs / 1000)}.
        </Text>
      </Text>
      <ol className="doctor-steps" aria-label="Checks">
        {report.steps.map((step) => (
          <StepRow key={step.step} step={step} />
        ))}
      </ol>
      <details className="evidence">
        <summary>Trace without secrets</summary>
        <div className="evidence-body">
          <CopyButton text={report.trace} what="the trace" />
          <pre className="json" tabIndex={0} aria-label="Trace">
            {report.trace}
          </pre>
        </div>
      </details>
    </Stack>
  );
}

function StepRow({ step }: { step: DoctorStep }) {
  const { label, tone } = statuses[step.status];
  return (
    <li>
      <div className="doctor-line">
        <span className="tag" data-tone={tone}>
          {label}
        </span>
        <span className="grow">{step.title}</span>
        {step.status !== 'skipped' && <span className="elapsed">{formatDuration(step.durationMs / 1000)}</span>}
      </div>
      {step.detail && <Text c="dimmed">{step.detail}</Text>}
      {step.cause && <Text>Cause: {step.cause}</Text>}
      {step.fix && <Text>What to do: {step.fix}</Text>}
    </li>
  );
}
