import type { Authorization, VendorRegion } from '@/api/types';
import { Fact } from '@/shared/Facts';
import { plural } from '@/shared/format/values';

interface AccountFactsProps {
  authorization: Authorization;
  vendor: string;
  region: VendorRegion | undefined;
}

/** Whom and what the grant is for, as the vendor tells it: the place to notice a wrong account. */
export function AccountFacts({ authorization, vendor, region }: AccountFactsProps) {
  const { account, tools, serverUrl, serviceAccount } = authorization;
  const [project, ...others] = account?.projects ?? [];

  return (
    <dl className="facts-list">
      <Fact label="Organization">{account?.organization ?? `Not told by ${vendor}`}</Fact>
      {(serviceAccount || account?.user) && (
        <Fact label="Signed in as">{serviceAccount ? `Service account${account?.user ? ` ${account.user}` : ''}` : account?.user}</Fact>
      )}
      {region && <Fact label="Region">{region.name}</Fact>}
      {!region && serverUrl && <Fact label="Server">{serverUrl}</Fact>}
      {project && others.length === 0 && <Fact label="Project">{project.name}</Fact>}
      {tools && (
        <Fact label="Tools">
          {plural(tools.allowed, 'tool')} that can only read; {plural(tools.refused, 'tool')} refused
        </Fact>
      )}
    </dl>
  );
}
