import { diffWordsWithSpace } from 'diff';
import type { DefinitionChange } from '@/api/types';
import { prettyJson } from '@/shared/format/json';

/** What the vendor changed, part by part: words taken out and words put in. */
export function DefinitionDiff({ changes }: { changes: DefinitionChange[] }) {
  return (
    <dl className="definition-diff">
      {changes.map((change) => (
        <div key={change.path}>
          <dt>
            <code>{change.path}</code>
            <span className="cell-note">{kindOf(change)}</span>
          </dt>
          <dd className="flush">
            {/* A long one scrolls, so the keyboard has to reach it. */}
            <div className="diff" tabIndex={0} role="group" aria-label={`Difference of ${change.path}`}>
              <Words {...change} />
            </div>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function kindOf({ before, after }: DefinitionChange): string {
  if (typeof before !== 'string') return 'added';
  return typeof after === 'string' ? 'changed' : 'taken out';
}

/** `ins` and `del` are read out by few screen readers, so each is introduced by a hidden word. */
function Words({ before, after }: DefinitionChange) {
  return diffWordsWithSpace(prettyJson(before ?? ''), prettyJson(after ?? '')).map(({ added, removed, value }, index) => {
    if (added) {
      return (
        <ins key={index}>
          <span className="visually-hidden"> added: </span>
          {value}
        </ins>
      );
    }
    if (removed) {
      return (
        <del key={index}>
          <span className="visually-hidden"> taken out: </span>
          {value}
        </del>
      );
    }
    return <span key={index}>{value}</span>;
  });
}
