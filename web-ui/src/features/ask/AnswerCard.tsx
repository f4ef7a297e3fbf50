import { Button, Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EChartsType } from 'echarts/core';
import { lazy, Suspense, useState } from 'react';
import { chartQuery, csvPath } from '@/api/charts';
import type { Analysis, Answer, Chart } from '@/api/types';
import { ChartView, isDrawn } from '@/charts/ChartView';
import { downloadPng, downloadSvg, tableAsText } from '@/charts/exportChart';
import { ResultTableView } from '@/charts/ResultTableView';
import { ActionMenu } from '@/shared/ActionMenu';
import { Icon } from '@/shared/Icon';
import { Loading } from '@/shared/Loading';
import { notify, notifyProblem } from '@/shared/notify';
import { paths } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';

const PinDialog = lazy(() => import('./PinDialog'));

type View = 'chart' | 'table';

/** The drawing of an answer with its table, and what one can take away from it. */
export function AnswerCard({ analysis, answer }: { analysis: Analysis; answer: Answer }) {
  const chart = useQuery({ ...chartQuery(answer.chartId ?? ''), enabled: Boolean(answer.chartId) });

  if (!answer.chartId) {
    return (
      <section className="surface panel" aria-label="Table of the answer">
        <ResultTableView table={answer.table} caption={analysis.question} />
      </section>
    );
  }
  if (chart.data) return <ChartCard chart={chart.data} analysis={analysis} />;
  return (
    <section className="surface panel" aria-label="Table of the answer">
      {chart.isError ? <ProblemAlert error={chart.error} onRetry={() => void chart.refetch()} /> : <Loading label="Drawing" height={320} />}
      {chart.isError && <ResultTableView table={answer.table} caption={analysis.question} />}
    </section>
  );
}

function ChartCard({ chart, analysis }: { chart: Chart; analysis: Analysis }) {
  const [view, setView] = useState<View>('chart');
  const [pinning, setPinning] = useState(false);
  const [drawn, setDrawn] = useState<EChartsType | null>(null);
  const drawable = isDrawn(chart);
  // A file leaves the app and its badge behind: the name has to say it.
  const exportName = chart.source.sandbox ? `${chart.title} (sample data)` : chart.title;

  async function copy(text: string, done: string) {
    try {
      await navigator.clipboard.writeText(text);
      notify(done);
    } catch (error) {
      notifyProblem(error);
    }
  }

  const link = `${window.location.origin}${paths.analysis(analysis.conversationId, analysis.id)}`;
  const surface = () => getComputedStyle(document.documentElement).getPropertyValue('--cb-surface') || '#ffffff';

  return (
    <section className="surface panel" aria-label={chart.title}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" mb="xs">
        <h3 className="card-title wrap">{chart.title}</h3>
        <Group gap={4} wrap="nowrap">
          <Button size="xs" variant="default" leftSection={<Icon name="pin" size={14} />} onClick={() => setPinning(true)}>
            Pin
          </Button>
          <ActionMenu
            label="More actions for this chart"
            actions={[
              { label: 'Copy the table', onSelect: () => void copy(tableAsText(chart.table), 'Table copied. Paste it into a spreadsheet.') },
              { label: 'Copy a link to this answer', onSelect: () => void copy(link, 'Link copied.') },
            ]}
          >
            <Icon name="more" />
          </ActionMenu>
        </Group>
      </Group>

      {view === 'chart' ? (
        <div className={drawable ? 'answer-chart' : undefined}>
          <ChartView drawing={chart} onReady={setDrawn} />
        </div>
      ) : (
        <ResultTableView table={chart.table} caption={chart.title} />
      )}

      <Group justify="space-between" mt="sm" gap="xs">
        {chart.type === 'table' ? (
          <span />
        ) : (
          <SegmentedControl
            size="xs"
            aria-label="Show as"
            value={view}
            onChange={(value) => setView(value as View)}
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
        )}
        <Group gap="md">
          <a className="link-button" href={csvPath(chart.id)} download>
            CSV
          </a>
          {drawable && (
            <>
              <button
                type="button"
                className="link-button"
                disabled={!drawn}
                onClick={() => drawn && void downloadPng(drawn, exportName, surface()).catch(notifyProblem)}
              >
                PNG
              </button>
              <button type="button" className="link-button" disabled={!drawn} onClick={() => drawn && downloadSvg(drawn, exportName)}>
                SVG
              </button>
            </>
          )}
        </Group>
      </Group>

      {pinning && (
        <Suspense>
          <PinDialog chart={chart} onClose={() => setPinning(false)} />
        </Suspense>
      )}
    </section>
  );
}
