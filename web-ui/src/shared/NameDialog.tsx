import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Dialog } from './Dialog';
import { ProblemAlert } from './ProblemAlert';

interface NameDialogProps {
  title: string;
  label: string;
  initial?: string;
  submit: string;
  busy: boolean;
  error: unknown;
  onSubmit: (name: string) => void;
  onClose: () => void;
}

/** One name: a new dashboard or workspace, or another title for something that has one. */
export default function NameDialog({ title, label, initial = '', submit, busy, error, onSubmit, onClose }: NameDialogProps) {
  const form = useForm({
    initialValues: { name: initial },
    validate: { name: (name) => (name.trim() ? null : 'Enter a name.') },
  });

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={form.onSubmit(({ name }) => onSubmit(name.trim()))}>
        <Stack gap="md">
          <TextInput label={label} maxLength={120} data-autofocus {...form.getInputProps('name')} />
          {error ? <ProblemAlert error={error} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
