import { useConnectServiceAccount, useStartAuthorization } from '@/api/sources';
import type { Authorization, ServiceAccountRequest, StartAuthorizationRequest } from '@/api/types';
import { openPopup, rememberSource, sendTo } from './popup';
import { useWizard, type StepState } from './useWizard';

/** The two ways to a grant. Both lead on to the step the authorization is at. */
export function useConnect() {
  const { state, go } = useWizard();
  const start = useStartAuthorization();
  const service = useConnectServiceAccount();

  function follow({ id, vendor, region }: Authorization, step?: StepState) {
    if (state.source) rememberSource(id, state.source);
    go(
      { vendor, ...(region && { region }), ...(state.source && { source: state.source }), authorization: id },
      { replace: true, ...(step && { state: step }) },
    );
  }

  return {
    busy: start.isPending || service.isPending,
    error: start.error ?? service.error,

    /** To be called inside the click or the submit itself: the popup opens before anything is awaited. */
    signIn(request: StartAuthorizationRequest, onStarted?: () => void) {
      const popup = openPopup();
      service.reset();
      start.mutate(request, {
        onSuccess: (authorization) => {
          const address = authorization.status === 'awaiting_consent' && authorization.authorizeUrl;
          if (popup && address) sendTo(popup, address);
          // A server that asks nobody to sign in: nothing to show in a popup.
          else popup?.close();
          onStarted?.();
          follow(authorization, { popupBlocked: popup === null });
        },
        onError: () => popup?.close(),
      });
    },

    withServiceAccount(request: ServiceAccountRequest) {
      start.reset();
      service.mutate(request, { onSuccess: (authorization) => follow(authorization) });
    },
  };
}
