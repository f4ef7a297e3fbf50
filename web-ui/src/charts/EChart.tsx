import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { EChartsType } from 'echarts/core';
import type { Drawing } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { darkColors, lightColors } from './palette';
import { prepareOption } from './prepareOption';

interface EChartProps {
  drawing: Drawing;
  /** Hands out the drawn chart for export, and null when it goes. */
  onReady?: ((chart: EChartsType | null) => void) | undefined;
}

export function EChart({ drawing, onReady }: EChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [width, setWidth] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const scheme = useComputedColorScheme('light');

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let created: EChartsType | undefined;
    let gone = false;

    const observer = new ResizeObserver(() => {
      created?.resize();
      setWidth(created?.getWidth() ?? 0);
    });
    import('./echarts').then(
      ({ createChart }) => {
        if (gone) return;
        created = createChart(element);
        observer.observe(element);
        setChart(created);
      },
      (reason: unknown) => setError(reason),
    );

    return () => {
      gone = true;
      observer.disconnect();
      created?.dispose();
      setChart(null);
    };
  }, []);

  useEffect(() => {
    chart?.setOption(prepareOption(drawing, scheme === 'dark' ? darkColors : lightColors, width), { notMerge: true });
  }, [chart, drawing, scheme, width]);

  useEffect(() => {
    onReady?.(chart);
  }, [chart, onReady]);

  if (error) return <ProblemAlert error={error} />;
  return (
    <div role="img" aria-label={drawing.description} className="chart">
      <div ref={frame} className="chart-frame" aria-hidden="true" />
    </div>
  );
}
