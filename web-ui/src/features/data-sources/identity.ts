import type { DataSource } from '@/api/types';

/** Vendor, organization, project, region: what tells two connections to one vendor apart. */
export function identityOf(source: DataSource): string {
  const custom = source.vendor === 'custom' && source.serverUrl && URL.canParse(source.serverUrl);
  const vendor = custom ? new URL(source.serverUrl ?? '').host : source.vendorName;
  return [vendor, source.organization, source.project?.name, source.regionName].filter(Boolean).join(' · ');
}

/** Set for sources whose name and identity another one has too: the start of the id, the only thing left to differ. */
export function distinguishers(sources: DataSource[]): Map<string, string> {
  const looks = (source: DataSource) => `${source.name}\n${identityOf(source)}`;
  const seen = new Map<string, number>();
  for (const source of sources) seen.set(looks(source), (seen.get(looks(source)) ?? 0) + 1);
  return new Map(sources.filter((source) => (seen.get(looks(source)) ?? 0) > 1).map(({ id }) => [id, id.slice(0, 8)]));
}
