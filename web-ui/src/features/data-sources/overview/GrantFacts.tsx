import type { DataSource } from '@/api/types';
import { Fact, Facts } from '@/shared/Facts';
import { daysSince } from '@/shared/format/time';
import { plural } from '@/shared/format/values';
import { RelativeTime } from '@/shared/RelativeTime';
import { useNow } from '@/shared/useNow';

interface GrantFactsProps {
  source: DataSource;
  grant: NonNullable<DataSource['grant']>;
}

export function GrantFacts({ source, grant }: GrantFactsProps) {
  const now = useNow(60_000);

  return (
    <Facts title="Grant">
      {source.consentedAt && (
        <Fact label="Consent">
          {plural(daysSince(source.consentedAt, now), 'day')} old, given <RelativeTime at={source.consentedAt} />
        </Fact>
      )}
      <Fact label="Issued">
        <RelativeTime at={grant.issuedAt} />
      </Fact>
      <Fact label="Refreshed">{grant.refreshedAt ? <RelativeTime at={grant.refreshedAt} /> : 'Not yet'}</Fact>
      {grant.expiresAt && (
        <Fact label="Access expires">
          <RelativeTime at={grant.expiresAt} upcoming />, and is renewed before that
        </Fact>
      )}
      <Fact label="Scopes">{grant.scopes.join(', ') || 'None named by the vendor'}</Fact>
      {source.challengedScope && <Fact label="Scope asked for">{source.challengedScope}. Reconnect to give it.</Fact>}
    </Facts>
  );
}
