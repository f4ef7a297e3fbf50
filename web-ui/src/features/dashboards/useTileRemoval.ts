import { useEffect, useRef, useState } from 'react';
import { useRemoveTile } from '@/api/charts';
import { notifyProblem } from '@/shared/notify';

const undoTime = 8000;

/** A removed tile stays a moment as "Removed · Undo". It is deleted when that ends, or when the page is left. */
export function useTileRemoval(dashboardId: string) {
  const { mutate } = useRemoveTile(dashboardId);
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const timers = useRef(new Map<string, number>());

  useEffect(() => {
    const pending = timers.current;
    const flush = () => {
      for (const [id, timer] of pending) {
        window.clearTimeout(timer);
        mutate(id);
      }
      pending.clear();
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [mutate]);

  function keep(id: string) {
    setRemoved((current) => new Set([...current].filter((one) => one !== id)));
  }

  return {
    isRemoved: (id: string) => removed.has(id),
    remove: (id: string) => {
      setRemoved((current) => new Set(current).add(id));
      const timer = window.setTimeout(() => {
        timers.current.delete(id);
        mutate(id, {
          onError: (error) => {
            keep(id);
            notifyProblem(error);
          },
        });
      }, undoTime);
      timers.current.set(id, timer);
    },
    undo: (id: string) => {
      window.clearTimeout(timers.current.get(id));
      timers.current.delete(id);
      keep(id);
    },
  };
}
