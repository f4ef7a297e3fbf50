import { Button, Group, Stack, Text } from '@mantine/core';
import { useDoctor } from '@/api/sources';
import type { DataSource } from '@/api/types';
import { TroubleshootingTable } from '@/features/data-sources/Troubleshooting';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { DoctorReportView } from './DoctorReportView';

export function DoctorTab({ source }: { source: DataSource }) {
  const doctor = useDoctor(source.id);

  return (
    <Stack gap="lg">
      <section className="surface panel" aria-label="Connection doctor">
        <Stack gap="md">
          <Text>
            Goes through the connection to {source.vendorName} step by step, from finding the server to one harmless call. It reads
            only and changes nothing.
          </Text>
          <Group>
            <Button onClick={() => doctor.mutate()} loading={doctor.isPending}>
              {doctor.data ? 'Run again' : 'Run the doctor'}
            </Button>
          </Group>
          {doctor.isPending && <Loading label="Checking each step, up to a minute" height={60} />}
          {doctor.isError && <ProblemAlert error={doctor.error} />}
          {doctor.data && !doctor.isPending && <DoctorReportView report={doctor.data} />}
        </Stack>
      </section>
      <section className="surface" aria-labelledby="troubles">
        <h2 id="troubles" className="card-title panel">
          Known problems
        </h2>
        <TroubleshootingTable vendor={source.vendorName} />
      </section>
    </Stack>
  );
}
