import { Switch } from '@mantine/core';
import type { Tool } from '@/api/types';
import { RelativeTime } from '@/shared/RelativeTime';
import { dataClasses, layers, verdicts } from './words';

interface ToolRowProps {
  tool: Tool;
  /** Where it is written why this person cannot switch; undefined for owners. */
  reasonId: string | undefined;
  busy: boolean;
  onSwitch: (enabled: boolean) => void;
}

export function ToolRow({ tool, reasonId, busy, onSwitch }: ToolRowProps) {
  const verdict = verdicts[tool.verdict];
  const dataClass = dataClasses[tool.dataClass];
  const admitted = Object.entries(tool.admittedValues ?? {});

  return (
    <tr>
      <td>
        {tool.canSwitch ? (
          <Switch
            aria-label={`Use ${tool.name}`}
            aria-describedby={reasonId}
            checked={tool.enabled}
            disabled={reasonId !== undefined || busy}
            onChange={(event) => onSwitch(event.currentTarget.checked)}
          />
        ) : (
          <span>
            <span aria-hidden="true">–</span>
            <span className="visually-hidden">Cannot be switched on</span>
          </span>
        )}
      </td>
      <th scope="row" className="row-heading">
        <code>{tool.name}</code>
        {tool.title && <span className="cell-note">{tool.title}</span>}
        {tool.approvedBy && (
          <span className="cell-note">
            Definition approved by {tool.approvedBy}
            {tool.approvedAt && (
              <>
                , <RelativeTime at={tool.approvedAt} />
              </>
            )}
          </span>
        )}
      </th>
      <td>
        <span className="tag" data-tone={verdict.tone}>
          {verdict.label}
        </span>
      </td>
      <td className="wrap">
        {layers[tool.layer]}
        <span className="cell-note">{tool.reason}</span>
        {admitted.map(([argument, values]) => (
          <span key={argument} className="cell-note">
            <code>{argument}</code> may only be {values.join(', ')}
          </span>
        ))}
      </td>
      <td>
        <span title={dataClass.explanation}>{dataClass.label}</span>
      </td>
    </tr>
  );
}
