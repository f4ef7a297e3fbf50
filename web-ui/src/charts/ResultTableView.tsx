import { useState } from 'react';
import type { ResultTable, TableColumn } from '@/api/types';
import { formatCell, formatCount } from '@/shared/format/values';

/** More rows than this are shown on demand: a table of thousands would block the page. */
const firstRows = 100;

interface ResultTableViewProps {
  table: ResultTable;
  caption: string;
}

export function ResultTableView({ table, caption }: ResultTableViewProps) {
  const [shown, setShown] = useState(firstRows);
  const total = table.totalRows ?? table.rows.length;
  const unfinished = new Set(table.incompleteRows);

  return (
    <div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Table: ${caption}`}>
        <table className="data-table">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.name} scope="col" data-align={alignOf(column)}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, shown).map((row, rowIndex) => (
              <tr key={rowIndex}>
                {table.columns.map((column, columnIndex) => (
                  <td key={column.name} data-align={alignOf(column)}>
                    {formatCell(row[columnIndex], withoutKnownUnit(column))}
                    {columnIndex === 0 && unfinished.has(rowIndex) ? ' (so far)' : ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.rows.length > shown && (
        <button type="button" className="link-button" onClick={() => setShown(shown + 1000)}>
          Show more rows
        </button>
      )}
      {total > table.rows.length && (
        <p className="footnote">
          Shows {formatCount(table.rows.length)} of {formatCount(total)} rows.
        </p>
      )}
    </div>
  );
}

const alignOf = (column: TableColumn) => (column.type === 'text' || column.type === 'date' ? 'start' : 'end');

/** What the heading already says is not said again in every row. */
const withoutKnownUnit = (column: TableColumn): TableColumn =>
  column.type === 'number' && column.unit && column.label.toLowerCase().includes(column.unit.toLowerCase())
    ? { ...column, unit: null }
    : column;
