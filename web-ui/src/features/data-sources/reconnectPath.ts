import type { DataSource } from '@/api/types';
import { paths } from '@/shared/paths';

/** The wizard for a source that exists: it keeps its questions, charts and tiles. */
export const reconnectPath = ({ id, vendor, region }: DataSource) =>
  paths.addDataSource({ vendor, ...(region && { region }), source: id });
