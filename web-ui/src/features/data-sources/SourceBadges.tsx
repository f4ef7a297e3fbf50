import type { DataSource } from '@/api/types';
import { SampleDataBadge } from '@/shared/SampleDataBadge';

export function SourceBadges({ source }: { source: DataSource }) {
  return (
    <>
      {source.serviceAccount && <span className="tag">Service account</span>}
      {source.sandbox && <SampleDataBadge />}
    </>
  );
}
