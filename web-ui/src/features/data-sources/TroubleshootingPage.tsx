import { Page } from '@/shared/Page';
import { TroubleshootingTable } from './Troubleshooting';

export function TroubleshootingPage() {
  return (
    <Page title="Troubleshooting">
      <div className="surface">
        <TroubleshootingTable />
      </div>
    </Page>
  );
}
