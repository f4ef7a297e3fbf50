import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dataSourcesQuery } from '@/api/sources';
import type { Evidence } from '@/api/types';
import { Icon } from '@/shared/Icon';
import { prettyJson } from '@/shared/format/json';
import { formatRange } from '@/shared/format/time';
import { formatDuration, plural } from '@/shared/format/values';

/** The call behind the answer, complete enough to repeat it by hand. */
export function EvidenceView({ evidence }: { evidence: Evidence }) {
  const sources = useQuery(dataSourcesQuery());
  const vendor = sources.data?.find((source) => source.id === evidence.dataSourceId)?.vendorName;
  const facts: [string, string][] = [
    ['Data source', evidence.dataSourceName + (evidence.sandbox ? ' (sample data)' : '')],
    ['Organization', evidence.organization ?? '–'],
    ['Project', evidence.project ?? '–'],
    ['Range', `${formatRange(evidence.rangeStart, evidence.rangeEnd)}, ${evidence.timeZone}`],
    ['Tool', evidence.tool],
    ['Result', `${plural(evidence.rows, 'row')} in ${formatDuration(evidence.vendorMs / 1000)}, ${plural(evidence.calls, 'call')}`],
  ];

  return (
    <details className="evidence">
      <summary>
        <span className="evidence-title">How this was answered</span>{' '}
        <Text span c="dimmed" className="wrap">
          {evidence.tool} · {formatDuration(evidence.vendorMs / 1000)} · {plural(evidence.rows, 'row')}
        </Text>
      </summary>
      <div className="evidence-body">
        <p className="flush">{evidence.queryText}</p>
        <dl className="facts-list">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Json label="Arguments sent" text={prettyJson(evidence.argumentsJson)} />
        <Json label="Query" text={JSON.stringify(evidence.query, null, 2)} />
        {evidence.vendorUrl && isWebAddress(evidence.vendorUrl) && (
          <a href={evidence.vendorUrl} target="_blank" rel="noreferrer" className="icon-link">
            Open in {vendor ?? 'the vendor’s app'} <Icon name="external" size={14} />
          </a>
        )}
      </div>
    </details>
  );
}

function Json({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <p className="json-label">{label}</p>
      <pre className="json" tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
    </div>
  );
}

/** The address comes from the vendor: anything but a web page is not made a link. */
const isWebAddress = (address: string) => /^https?:\/\//i.test(address);
