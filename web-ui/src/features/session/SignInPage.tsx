import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useSignIn } from '@/api/session';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { SessionPage } from './SessionPage';

export function SignInPage() {
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
        </Stack>
      </form>
    </SessionPage>
  );
}
