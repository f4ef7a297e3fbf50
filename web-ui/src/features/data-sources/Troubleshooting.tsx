interface TroubleshootingProps {
  vendor: string;
}

export function Troubleshooting({ vendor }: TroubleshootingProps) {
  return (
    <details className="evidence">
      <summary>Trouble?</summary>
      <div className="evidence-body">
        <dl className="facts-list">
          <dt>No window opens</dt>
          <dd>The browser blocks popups for this site. Choose “Use this tab instead” on the next page.</dd>
          <dt>Wrong organization</dt>
          <dd>Sign out of {vendor} first, or authorize in a private window, and sign in to the one you want.</dd>
          <dt>Project not selected</dt>
          <dd>After signing in you choose the project here; your {vendor} account needs access to at least one.</dd>
          <dt>No access</dt>
          <dd>An admin of your {vendor} organization may have to allow MCP clients.</dd>
        </dl>
      </div>
    </details>
  );
}
