import { Button, Group, Stack, Text } from '@mantine/core';
import { useServerDoctor } from '@/api/sources';
import type { DoctorRequest } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { DoctorReportView } from './DoctorReportView';

interface ServerCheckProps {
  request: DoctorRequest;
  /** False while the address is missing or malformed. */
  ready: boolean;
}

/** What answers at the server, before anybody signs in. */
export function ServerCheck({ request, ready }: ServerCheckProps) {
  const doctor = useServerDoctor();

  return (
    <details className="evidence">
      <summary>Check the server first</summary>
      <div className="evidence-body">
        <Stack gap="sm">
          <Text>Asks the server how to sign in, without signing in. The steps that need you are left out.</Text>
          <Group>
            <Button variant="default" disabled={!ready} loading={doctor.isPending} onClick={() => doctor.mutate(request)}>
              Check the server
            </Button>
          </Group>
          {!ready && <Text c="dimmed">Enter the server’s address first.</Text>}
          {doctor.isError && <ProblemAlert error={doctor.error} />}
          {doctor.data && !doctor.isPending && <DoctorReportView report={doctor.data} />}
        </Stack>
      </div>
    </details>
  );
}
