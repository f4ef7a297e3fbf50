import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { renderApp } from '@/testing/renderApp';
import { session } from '@/testing/samples';
import { problem, server } from '@/testing/server';
import { insideApp } from './SessionGate';

const visitor = (registrationOpen: boolean) => ({ signedIn: false, registrationOpen, workspaces: [] });

test('the first visitor creates the account and lands on the first-run page', async () => {
  let body: unknown;
  server.use(
    http.get('/api/session', () => HttpResponse.json(visitor(true))),
    http.post('/api/accounts', async ({ request }) => {
      body = await request.json();
      return HttpResponse.json(session(), { status: 201 });
    }),
    http.get('/api/data-sources', () => HttpResponse.json([])),
  );
  const { user, address } = renderApp('/');

  await user.type(await screen.findByRole('textbox', { name: 'Your name' }), 'Ada');
  expect(address()).toBe('/welcome');
  await user.type(screen.getByRole('textbox', { name: 'Email' }), 'ada@acme.example');
  await user.type(screen.getByLabelText(/^Password/), 'correct horse battery');
  await user.type(screen.getByRole('textbox', { name: 'Workspace' }), 'Acme');
  await user.click(screen.getByRole('button', { name: 'Create account' }));

  expect(await screen.findByRole('link', { name: 'Try it with sample data' })).toHaveAttribute(
    'href',
    '/data-sources/new?vendor=amplitude&region=sandbox',
  );
  expect(body).toEqual({ displayName: 'Ada', email: 'ada@acme.example', password: 'correct horse battery', workspaceName: 'Acme' });
});

test('a visitor signs in and gets the page that was asked for', async () => {
  server.use(
    http.get('/api/session', () => HttpResponse.json(visitor(false))),
    http.post('/api/session', () => HttpResponse.json(session())),
    http.get('/api/dashboards', () => HttpResponse.json([])),
  );
  const { user, address } = renderApp('/dashboards');

  await user.type(await screen.findByRole('textbox', { name: 'Email' }), 'ada@acme.example');
  await user.type(screen.getByLabelText(/^Password/), 'correct horse battery');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));

  expect(await screen.findByRole('heading', { name: 'No dashboards yet' })).toBeVisible();
  expect(address()).toBe('/dashboards');
});

test('a wrong password says so and stays on the form', async () => {
  server.use(
    http.get('/api/session', () => HttpResponse.json(visitor(false))),
    http.post('/api/session', () => problem(401, 'sign-in-failed', { title: 'The email or the password is wrong' })),
  );
  const { user } = renderApp('/sign-in');

  await user.type(await screen.findByRole('textbox', { name: 'Email' }), 'ada@acme.example');
  await user.type(screen.getByLabelText(/^Password/), 'guess');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));

  expect(await screen.findByRole('alert')).toHaveTextContent('The email or the password is wrong');
  expect(screen.getByRole('alert')).toHaveTextContent('trace-1');
});

test('a session that ended elsewhere leads to the sign-in page', async () => {
  let signedIn = true;
  server.use(
    http.get('/api/session', () => HttpResponse.json(signedIn ? session() : visitor(false))),
    http.get('/api/dashboards', () => {
      signedIn = false;
      return problem(401, 'sign-in-required');
    }),
  );
  const { address } = renderApp('/dashboards');

  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
  await waitFor(() => expect(address()).toBe('/sign-in?next=%2Fdashboards'));
});

test.each([
  ['/dashboards/1?tab=a', '/dashboards/1?tab=a'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  [null, '/'],
])('after sign-in %s leads to %s', (next, expected) => {
  expect(insideApp(next)).toBe(expected);
});
