import { Group, Stack, Text } from '@mantine/core';
import type { Analysis, Answer } from '@/api/types';
import { Icon } from '@/shared/Icon';
import { Notice } from '@/shared/Notice';
import { SampleDataBadge } from '@/shared/SampleDataBadge';
import { formatRange } from '@/shared/format/time';
import { AnswerCard } from './AnswerCard';
import { EvidenceView } from './EvidenceView';
import { QuestionChips } from './QuestionChips';

interface AnswerViewProps {
  analysis: Analysis;
  answer: Answer;
  current: boolean;
  asking: boolean;
  onAsk: (question: string) => void;
}

export function AnswerView({ analysis, answer, current, asking, onAsk }: AnswerViewProps) {
  const { finding, rest } = splitFinding(answer.text);
  const { evidence } = answer;

  return (
    <Stack gap="md">
      <div>
        <Text className="finding">{finding}</Text>
        {rest && <Text className="finding-rest">{rest}</Text>}
        <Group gap="xs" mt={4}>
          <Text c="dimmed">
            {evidence.dataSourceName} · {formatRange(evidence.rangeStart, evidence.rangeEnd)}, {evidence.timeZone}
          </Text>
          {evidence.sandbox && <SampleDataBadge />}
        </Group>
      </div>

      {answer.caveats.length > 0 && (
        <Notice tone="warning">
          {answer.caveats.map((caveat) => (
            <p key={caveat} className="flush">
              {caveat}
            </p>
          ))}
        </Notice>
      )}

      <AnswerCard analysis={analysis} answer={answer} />

      {answer.checks.length > 0 && (
        <ul className="checks" aria-label="Checks">
          {answer.checks.map((check) => (
            <li key={check.text} data-passed={check.passed}>
              <Icon name={check.passed ? 'check' : 'cross'} size={14} />
              <span className="visually-hidden">{check.passed ? 'Passed: ' : 'Failed: '}</span>
              {check.text}
            </li>
          ))}
        </ul>
      )}

      <EvidenceView evidence={evidence} />

      {answer.assumptions.length > 0 && (
        <Group gap="xs">
          <Text c="dimmed">Assumed</Text>
          {answer.assumptions.map((assumption) => (
            <span key={assumption.field + assumption.text} className="tag" data-sentence>
              {assumption.text}
            </span>
          ))}
        </Group>
      )}

      {current && answer.followUps.length > 0 && (
        <Group gap="xs" role="group" aria-label="Follow-up questions">
          <Text c="dimmed">Next</Text>
          <QuestionChips questions={answer.followUps} disabled={asking} onAsk={onAsk} />
        </Group>
      )}
    </Stack>
  );
}

/** The first sentence is the loudest thing on the page. A point inside a number does not end it. */
export function splitFinding(given: string): { finding: string; rest: string } {
  const text = given.replace(/(?<=\d) %/g, '\u00a0%');
  const match = /^(.+?[.?])\s+(?=[\p{L}\d])/su.exec(text);
  return match?.[1] ? { finding: match[1], rest: text.slice(match[0].length) } : { finding: text, rest: '' };
}
