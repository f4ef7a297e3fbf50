import type { ReactNode } from 'react';

/** A titled panel of names and values. */
export function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="surface panel" aria-label={title}>
      <h2 className="card-title panel-title">{title}</h2>
      <dl className="facts-list">{children}</dl>
    </section>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
