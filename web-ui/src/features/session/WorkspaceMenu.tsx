import { lazy, Suspense, useState } from 'react';
import { useCreateWorkspace, useSwitchWorkspace } from '@/api/session';
import type { Session } from '@/api/types';
import { ActionMenu } from '@/shared/ActionMenu';
import { Icon } from '@/shared/Icon';
import { notifyProblem } from '@/shared/notify';
import { paths } from '@/shared/paths';
import { useNavigate } from 'react-router';

const NameDialog = lazy(() => import('@/shared/NameDialog'));

export function WorkspaceMenu({ session }: { session: Session }) {
  const navigate = useNavigate();
  const switchWorkspace = useSwitchWorkspace();
  const createWorkspace = useCreateWorkspace();
  const [naming, setNaming] = useState(false);
  const current = session.workspace;

  const toHome = () => void navigate(paths.ask);

  return (
    <>
      <ActionMenu
        label={`Workspace: ${current?.name ?? 'none'}`}
        className="side-menu"
        actions={[
          ...session.workspaces.map((workspace) => ({
            label: workspace.name,
            checked: workspace.id === current?.id,
            onSelect: () => {
              if (workspace.id === current?.id) return;
              switchWorkspace.mutate(workspace.id, { onSuccess: toHome, onError: notifyProblem });
            },
          })),
          'separator',
          { label: 'New workspace', onSelect: () => setNaming(true) },
        ]}
      >
        <span>{current?.name ?? 'Choose a workspace'}</span>
        <Icon name="chevron" size={14} />
      </ActionMenu>
      {naming && (
        <Suspense>
          <NameDialog
            title="New workspace"
            label="Workspace name"
            submit="Create workspace"
            busy={createWorkspace.isPending}
            error={createWorkspace.error}
            onClose={() => setNaming(false)}
            onSubmit={(name) =>
              createWorkspace.mutate(name, {
                onSuccess: () => {
                  setNaming(false);
                  toHome();
                },
              })
            }
          />
        </Suspense>
      )}
    </>
  );
}
