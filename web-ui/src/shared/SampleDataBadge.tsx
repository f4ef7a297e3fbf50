/** Worn by everything that comes from the sandbox, so that nobody takes it for their own figures. */
export function SampleDataBadge() {
  return (
    <span className="tag" data-tone="sample">
      Sample data
    </span>
  );
}
