import type { DataSource } from '@/api/types';
import { Fact, Facts } from '@/shared/Facts';
import { RelativeTime } from '@/shared/RelativeTime';

interface IdentityFactsProps {
  source: DataSource;
  onChangeProject: () => void;
}

export function IdentityFacts({ source, onChangeProject }: IdentityFactsProps) {
  const { organization, organizationId, project, state } = source;
  const canChange = state === 'connected' || state === 'degraded';

  return (
    <Facts title="Identity">
      <Fact label="Vendor">{source.vendorName}</Fact>
      <Fact label="Organization">
        {organization ?? '–'}
        {organizationId && organizationId !== organization && <span className="cell-note">{organizationId}</span>}
      </Fact>
      <Fact label="Project">
        {project?.name ?? 'None chosen'}{' '}
        {canChange && (
          <button type="button" className="link-button" onClick={onChangeProject}>
            Change project
          </button>
        )}
      </Fact>
      {project?.timeZone && <Fact label="Time zone">{project.timeZone}</Fact>}
      <Fact label="Region">{source.regionName || '–'}</Fact>
      {source.serverUrl && <Fact label="Server">{source.serverUrl}</Fact>}
      <Fact label="Account">{source.serviceAccount ? 'A service account' : 'The account of the person who connected it'}</Fact>
      <Fact label="Connected">
        by {source.createdBy}, <RelativeTime at={source.createdAt} />
      </Fact>
      {source.disconnectedAt && (
        <Fact label="Disconnected">
          <RelativeTime at={source.disconnectedAt} />
        </Fact>
      )}
    </Facts>
  );
}
