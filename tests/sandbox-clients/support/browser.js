import { parse } from 'node-html-parser';

const refusing = /deny|cancel|decline|reject|sign.?out|back/i;

/**
 * Plays the person at the browser: opens the address, fills in whatever form each page shows (sign-in, organisation, consent) and
 * submits it, until a page redirects to the client. Nothing is assumed of the pages but that they are HTML forms.
 */
export async function decide(address, redirectUri, { choices = {}, allow = true } = {}) {
  const cookies = new Map();
  let [url, request] = [new URL(address), { method: 'GET' }];
  const seen = [];
  for (let step = 0; step < 12; step++) {
    const reply = await fetch(url, { ...request, redirect: 'manual', headers: { ...request.headers, cookie: [...cookies.values()].join('; ') } });
    for (const cookie of reply.headers.getSetCookie()) cookies.set(cookie.split('=')[0], cookie.split(';')[0]);
    const location = reply.headers.get('location');
    if (location) {
      const target = new URL(location, url);
      if (target.href.startsWith(redirectUri)) return { answer: target.searchParams, pages: seen };
      [url, request] = [target, { method: 'GET' }];
      continue;
    }
    const page = await reply.text();
    const form = chosenForm(parse(page), allow);
    if (!reply.ok || !form) throw new Error(`No form to go on with at ${url} (${reply.status}):\n${page}`);
    seen.push(parse(page).querySelector('h1')?.text ?? '');
    [url, request] = submission(form, url, choices, allow);
  }
  throw new Error(`The pages never led back to the client; the last one was ${url}`);
}

/** The first form with a button that does what the person wants. */
function chosenForm(page, allow) {
  const forms = page.querySelectorAll('form');
  return forms.find((form) => buttonOf(form, allow)) ?? forms[0];
}

function buttonOf(form, allow) {
  const buttons = form.querySelectorAll('button, input[type=submit]').filter((button) => button.getAttribute('type') !== 'button');
  const refuses = (button) => refusing.test(`${button.getAttribute('value') ?? ''} ${button.text}`);
  // A page that offers no refusal, such as the sign-in page, has to be got past first.
  return (allow ? undefined : buttons.find(refuses)) ?? buttons.find((button) => !refuses(button));
}

function submission(form, base, choices, allow) {
  const fields = new URLSearchParams();
  for (const [name, value] of valuesOf(form)) fields.set(name, choices[name] ?? value);
  const button = buttonOf(form, allow);
  if (button?.getAttribute('name')) fields.set(button.getAttribute('name'), button.getAttribute('value') ?? '');
  const target = new URL(form.getAttribute('action') || base, base);
  if ((form.getAttribute('method') ?? 'get').toLowerCase() === 'post') {
    return [target, { method: 'POST', body: fields.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } }];
  }
  target.search = fields.toString();
  return [target, { method: 'GET' }];
}

function* valuesOf(form) {
  const radios = new Map();
  for (const input of form.querySelectorAll('input')) {
    const [name, type, value] = [input.getAttribute('name'), input.getAttribute('type') ?? 'text', input.getAttribute('value')];
    if (!name || type === 'submit' || type === 'button') continue;
    if (type === 'radio') {
      // The first choice, unless another is marked.
      if (!radios.has(name) || input.hasAttribute('checked')) radios.set(name, value ?? 'on');
    } else if (type === 'checkbox') {
      if (input.hasAttribute('checked')) yield [name, value ?? 'on'];
    } else {
      yield [name, value ?? (type === 'email' ? 'someone@example.com' : type === 'hidden' ? '' : 'someone')];
    }
  }
  yield* radios;
  for (const select of form.querySelectorAll('select')) {
    const options = select.querySelectorAll('option');
    const option = options.find((item) => item.hasAttribute('selected')) ?? options[0];
    if (option) yield [select.getAttribute('name'), option.getAttribute('value') ?? option.text];
  }
}
