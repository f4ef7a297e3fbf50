import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { paths } from '@/shared/paths';
import { announceAuthorization, isPopup, rememberedSource } from './popup';

/** A popup needs a moment to close; what is still open after it is a tab of its own. */
const closingTime = 300;

/** Where the vendor's sign-in ends: in the popup, which closes, or in the tab that was sent there. */
export function OAuthDonePage() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const authorization = search.get('authorization');
  const [stayedOpen, setStayedOpen] = useState(false);
  const source = authorization ? rememberedSource(authorization) : undefined;
  const wizard = paths.addDataSource({ ...(authorization && { authorization }), ...(source && { source }) });

  useEffect(() => {
    document.title = 'Back to ClariBI · ClariBI';
    if (!authorization) return;

    announceAuthorization(authorization);
    window.close();
    const timer = window.setTimeout(() => {
      if (isPopup()) setStayedOpen(true);
      else void navigate(wizard, { replace: true });
    }, closingTime);
    return () => window.clearTimeout(timer);
  }, [authorization, navigate, wizard]);

  return (
    <Stack component="main" align="center" justify="center" mih="100vh" p="md" gap="xs">
      {authorization ? (
        <>
          <Title order={1}>You are back from the vendor</Title>
          <Text c="dimmed">
            {stayedOpen ? 'You can close this window and go on in ClariBI.' : 'This window closes by itself.'}
          </Text>
        </>
      ) : (
        <>
          <Title order={1}>This sign-in is not known here</Title>
          <Text c="dimmed">
            It was started in another browser or account, was used before, or is older than ten minutes. Nothing was connected.
          </Text>
        </>
      )}
      <Anchor component={Link} to={wizard}>
        {authorization ? 'Go on in this window' : 'Start over'}
      </Anchor>
    </Stack>
  );
}
