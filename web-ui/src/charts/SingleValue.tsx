import type { ResultTable } from '@/api/types';
import { formatCell } from '@/shared/format/values';

/** One figure, its label, and what it is compared with when the table holds that too. */
export function SingleValue({ table, description }: { table: ResultTable; description: string }) {
  const row = table.rows[0] ?? [];
  const measures = table.columns
    .map((column, index) => ({ column, value: row[index] }))
    .filter(({ column }) => column.type !== 'text' && column.type !== 'date');
  const [main, ...others] = measures;
  if (!main) return <p className="figure-label">{description}</p>;

  return (
    <div className="figure">
      <p className="figure-value">{formatCell(main.value, main.column)}</p>
      <p className="figure-label">{main.column.label}</p>
      {others.map(({ column, value }) => (
        <p key={column.name} className="figure-label">
          {column.label}: {formatCell(value, column)}
        </p>
      ))}
    </div>
  );
}
