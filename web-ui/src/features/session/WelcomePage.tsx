import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { Link } from 'react-router';
import { ProblemError } from '@/api/http';
import { useCreateAccount } from '@/api/session';
import { paths } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { SessionPage } from './SessionPage';

/** The server has the last word; this only saves a round trip. */
const shortestPassword = 10;

/** The first visit, or any visit where registration is open: an account and its workspace. */
export function WelcomePage() {
  const createAccount = useCreateAccount();
  const form = useForm({
    initialValues: { displayName: '', email: '', password: '', workspaceName: '' },
    validate: {
      displayName: (name) => (name.trim() ? null : 'Enter your name.'),
      email: isEmail('Enter an email address, such as ada@example.com.'),
      password: (password) =>
        password.length >= shortestPassword ? null : `Use at least ${shortestPassword} characters.`,
      workspaceName: (name) => (name.trim() ? null : 'Enter a name for the workspace, such as your company.'),
    },
  });

  const onSubmit = form.onSubmit((account) => {
    createAccount.mutate(account, {
      onError: (error) => {
        if (!(error instanceof ProblemError)) return;
        for (const [key, messages] of Object.entries(error.problem.errors ?? {})) {
          const field = key.charAt(0).toLowerCase() + key.slice(1);
          if (field in account) form.setFieldError(field, messages.join(' '));
        }
      },
    });
  });

  return (
    <SessionPage
      title="Welcome to ClariBI"
      lead="Create an account and a workspace for your team. Next you connect a data source and ask your first question."
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <TextInput label="Your name" autoComplete="name" autoFocus required {...form.getInputProps('displayName')} />
          <TextInput label="Email" type="email" autoComplete="email" required {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            description={`At least ${shortestPassword} characters.`}
            autoComplete="new-password"
            required
            visibilityToggleButtonProps={{ 'aria-label': 'Show password', tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
          <TextInput label="Workspace" description="Usually the name of your company or team." required {...form.getInputProps('workspaceName')} />
          {createAccount.isError && <ProblemAlert error={createAccount.error} />}
          <Button type="submit" loading={createAccount.isPending}>
            Create account
          </Button>
          <Text c="dimmed">
            Have an account?{' '}
            <Anchor component={Link} to={paths.signIn}>
              Sign in
            </Anchor>
          </Text>
        </Stack>
      </form>
    </SessionPage>
  );
}
