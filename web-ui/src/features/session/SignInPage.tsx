import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { sessionQuery, useSignIn } from '@/api/session';
import { paths } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { SessionPage } from './SessionPage';

export function SignInPage() {
  const session = useQuery(sessionQuery());
  const signIn = useSignIn();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (email.trim() ? null : 'Enter your email address.'),
      password: (password) => (password ? null : 'Enter your password.'),
    },
  });

  return (
    <SessionPage title="Sign in" lead="Use the email address of your ClariBI account.">
      <form onSubmit={form.onSubmit((credentials) => signIn.mutate(credentials))} noValidate>
        <Stack gap="md">
          <TextInput label="Email" type="email" autoComplete="username" autoFocus required {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            visibilityToggleButtonProps={{ 'aria-label': 'Show password', tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
          {signIn.isError && <ProblemAlert error={signIn.error} />}
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
          {session.data?.registrationOpen && (
            <Text c="dimmed">
              New here?{' '}
              <Anchor component={Link} to={paths.welcome}>
                Create an account
              </Anchor>
            </Text>
          )}
        </Stack>
      </form>
    </SessionPage>
  );
}
