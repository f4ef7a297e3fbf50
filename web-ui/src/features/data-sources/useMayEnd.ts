import { useQuery } from '@tanstack/react-query';
import { sessionQuery, useIsOwner } from '@/api/session';
import type { DataSource } from '@/api/types';

/** Ending a data source takes access, call log and timeline from everybody: its owners may, and whoever connected it. */
export function useMayEnd(source: DataSource) {
  const isOwner = useIsOwner();
  const user = useQuery(sessionQuery()).data?.user;
  return isOwner || (!!source.createdById && source.createdById === user?.id);
}
