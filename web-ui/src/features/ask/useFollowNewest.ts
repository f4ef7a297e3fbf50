import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import type { Analysis } from '@/api/types';
import { isRunning } from './useLiveAnalysis';

/**
 * Brings into view what one came for: the analysis the address names, else the newest one; and the
 * newest one again when it is asked and when its answer is there, since the answer is taller than its steps.
 */
export function useFollowNewest(newest: Analysis | undefined, count: number) {
  const { hash } = useLocation();
  const id = newest?.id;
  const running = newest !== undefined && isRunning(newest);
  const first = useRef(true);

  useEffect(() => {
    const opened = first.current;
    first.current = false;

    if (opened && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
    else if (id && (!opened || count > 1)) document.getElementById(`analysis-${id}`)?.scrollIntoView();
  }, [hash, id, running, count]);
}
