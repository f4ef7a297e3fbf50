import { NativeSelect, Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { VendorProject } from '@/api/types';

/** Up to here every project is in sight as a radio button; more fit better into a list. */
const mostRadios = 6;

interface ProjectChoiceProps {
  projects: VendorProject[];
  /** What the form gives a field: its value, its error, and what to do with another value. */
  input: { value?: string; error?: ReactNode; onChange: (id: string) => void };
}

export function ProjectChoice({ projects, input }: ProjectChoiceProps) {
  if (projects.length > mostRadios) {
    return (
      <NativeSelect
        label="Project"
        withAsterisk
        data={[{ value: '', label: 'Choose a project' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]}
        {...input}
        onChange={(event) => input.onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Radio.Group label="Project" withAsterisk {...input}>
      <Stack gap="xs" mt="xs">
        {projects.map((project) => (
          <Radio key={project.id} value={project.id} label={project.name} {...(project.timeZone ? { description: project.timeZone } : {})} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
