import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { ProblemError } from '@/api/http';

/** A short confirmation of something the person did; never the only place of an error they must act on. */
export function notify(message: ReactNode) {
  notifications.show({ message, role: 'status', withBorder: true, autoClose: 8000, closeButtonProps: { 'aria-label': 'Close this message' } });
}

/** For an action without a place of its own on the page, such as signing out from a menu. */
export function notifyProblem(error: unknown) {
  const title = error instanceof ProblemError ? error.problem.title : 'That did not work';
  const detail = error instanceof ProblemError ? error.problem.detail : 'Try again in a moment.';
  notifications.show({
    title,
    message: detail ?? '',
    color: 'red',
    withBorder: true,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': 'Close this message' },
  });
}
