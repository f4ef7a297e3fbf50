import type { DataSource } from '@/api/types';
import { Fact, Facts } from '@/shared/Facts';
import { RelativeTime } from '@/shared/RelativeTime';

interface GrantFactsProps {
  source: DataSource;
  grant: NonNullable<DataSource['grant']>;
}

export function GrantFacts({ source, grant }: GrantFactsProps) {
  return (
    <Facts title="Grant">
      {source.consentedAt && (
        <Fact label="Consent">
          Given <RelativeTime at={source.consentedAt} />
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
