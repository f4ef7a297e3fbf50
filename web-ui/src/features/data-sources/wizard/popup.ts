const popupName = 'claribi-authorize';
const channelName = 'claribi-oauth';

/**
 * Opens an empty popup. It must happen inside the click, before anything is awaited, or the browser
 * blocks it; the address follows once the server has it. Null when the browser blocked it all the same.
 */
export function openPopup(address = 'about:blank'): Window | null {
  const width = 560;
  const height = 720;
  const left = Math.max(0, window.screenX + (window.outerWidth - width) / 2);
  const top = Math.max(0, window.screenY + (window.outerHeight - height) / 3);
  return window.open(address, popupName, `popup,width=${width},height=${height},left=${left},top=${top}`);
}

/** The handle only ever navigates, focuses and closes. Whether it is closed says nothing: see the README. */
export function sendTo(popup: Window, address: string) {
  popup.location.href = address;
  popup.focus();
}

export const isPopup = () => window.name === popupName;

interface AuthorizationMessage {
  type: 'authorization';
  id: string;
}

/** Tells the wizard's tab to look at the server now, instead of at its next poll. */
export function announceAuthorization(id: string) {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage({ type: 'authorization', id } satisfies AuthorizationMessage);
  channel.close();
}

export function onAuthorizationAnnounced(listener: (id: string) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: MessageEvent<Partial<AuthorizationMessage> | null>) => {
    if (event.data?.type === 'authorization' && typeof event.data.id === 'string') listener(event.data.id);
  };
  return () => channel.close();
}

const sourceKey = (authorization: string) => `claribi-reconnects:${authorization}`;

/** The vendor's redirect brings back the authorization alone: what it reconnects is remembered for this tab. */
export function rememberSource(authorization: string, source: string) {
  window.sessionStorage.setItem(sourceKey(authorization), source);
}

export const rememberedSource = (authorization: string) => window.sessionStorage.getItem(sourceKey(authorization)) ?? undefined;
