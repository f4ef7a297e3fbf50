import type { Cell, ResultTable, TableColumn } from '@/api/types';
import { formatCell } from '@/shared/format/values';

/** One figure, its label, and what it is compared with when the table holds that too. */
export function SingleValue({ table, description }: { table: ResultTable; description: string }) {
  const row = table.rows[0] ?? [];
  const measures = table.columns
    .map((column, index) => ({ column, value: row[index] }))
    .filter(({ column }) => column.type !== 'text' && column.type !== 'date');
  const [main, ...others] = measures;
  if (!main) return <p className="figure-label">{description}</p>;
  const counted = main.column.type === 'number' && Boolean(main.column.unit);

  return (
    <div className="figure">
      <p className="figure-value">
        {formatCell(main.value, counted ? { ...main.column, unit: null } : main.column)}
        {counted && <span className="figure-unit"> {main.column.unit}</span>}
      </p>
      <p className="figure-label">{main.column.label.replace(': ', ' ')}</p>
      {others.map(({ column, value }) => (
        <p key={column.name} className="figure-label">
          {isPrevious(column) ? `Period before: ${formatCell(value, column)}${change(main.value, value)}` : `${column.label}: ${formatCell(value, column)}`}
        </p>
      ))}
    </div>
  );
}

const isPrevious = (column: TableColumn) => column.label.endsWith(', previous');

/** " (−19.3 %)": only between counts; a difference of two shares would need points. */
function change(now: Cell | undefined, before: Cell | undefined): string {
  if (typeof now !== 'number' || typeof before !== 'number' || before === 0) return '';
  const percent = ((now - before) / before) * 100;
  return ` (${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent).toFixed(1)} %)`;
}
