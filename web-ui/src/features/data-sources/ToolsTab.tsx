import { useQuery } from '@tanstack/react-query';
import { toolsQuery } from '@/api/sources';
import type { DataSource, Tool } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { QueryState } from '@/shared/QueryState';

const verdicts: Record<Tool['verdict'], { label: string; tone: string }> = {
  allowed: { label: 'Allowed', tone: 'good' },
  narrowed: { label: 'Narrowed', tone: 'warn' },
  refused: { label: 'Refused', tone: 'bad' },
};

const layers: Record<Tool['layer'], string> = {
  scope: 'Scope of the grant',
  name: 'Words of its name',
  annotations: 'Its annotations',
  profile: 'Vendor profile',
};

/** Every tool the vendor published, with the verdict and the layer that decided. */
export function ToolsTab({ source }: { source: DataSource }) {
  const tools = useQuery(toolsQuery(source.id));

  return (
    <QueryState
      query={tools}
      loading="Loading the tools"
      empty={{
        when: (all) => all.length === 0,
        show: (
          <EmptyState title="No tools are known">
            {source.vendorName} published none the last time ClariBI asked. Reconnect the data source to ask again.
          </EmptyState>
        ),
      }}
    >
      {(all) => (
        <div className="surface table-scroll tall" tabIndex={0} role="region" aria-label="Tools">
          <table className="data-table">
            <caption className="visually-hidden">Tools of {source.name}</caption>
            <thead>
              <tr>
                <th scope="col">Tool</th>
                <th scope="col">Verdict</th>
                <th scope="col">Decided by</th>
                <th scope="col">Reason</th>
              </tr>
            </thead>
            <tbody>
              {all.map((tool) => (
                <tr key={tool.name}>
                  <th scope="row" className="row-heading">
                    <code>{tool.name}</code>
                    {tool.title && <span className="cell-note">{tool.title}</span>}
                  </th>
                  <td>
                    <span className="tag" data-tone={verdicts[tool.verdict].tone}>
                      {verdicts[tool.verdict].label}
                    </span>
                  </td>
                  <td>{layers[tool.layer]}</td>
                  <td className="wrap">{tool.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </QueryState>
  );
}
