import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { NavLink, useMatch, useNavigate } from 'react-router';
import { conversationsQuery, useDeleteConversation, useRenameConversation } from '@/api/analyses';
import type { ConversationSummary } from '@/api/types';
import { ActionMenu } from '@/shared/ActionMenu';
import { Icon } from '@/shared/Icon';
import { notifyProblem } from '@/shared/notify';
import { paths } from '@/shared/paths';

const NameDialog = lazy(() => import('@/shared/NameDialog'));
const DeleteConversationDialog = lazy(() => import('./DeleteConversationDialog'));

type Change = { kind: 'rename' | 'delete'; conversation: ConversationSummary };

/** In the sidebar. Silent while it loads and when it fails: the page beside it says what is wrong. */
export function ConversationList() {
  const conversations = useQuery(conversationsQuery());
  const rename = useRenameConversation();
  const remove = useDeleteConversation();
  const navigate = useNavigate();
  const open = useMatch('/conversations/:id')?.params.id;
  const [change, setChange] = useState<Change>();

  if (!conversations.data || conversations.data.length === 0) return null;
  const close = () => setChange(undefined);

  return (
    <section aria-labelledby="conversations">
      <h2 id="conversations" className="side-heading">
        Conversations
      </h2>
      <ul className="plain-list">
        {conversations.data.map((conversation) => (
          <li key={conversation.id} className="side-row">
            <NavLink to={paths.conversation(conversation.id)} className="side-link grow" title={conversation.title}>
              <span>{conversation.title}</span>
            </NavLink>
            <ActionMenu
              label={`Actions for ${conversation.title}`}
              actions={[
                { label: 'Rename', onSelect: () => setChange({ kind: 'rename', conversation }) },
                { label: 'Delete', tone: 'danger', onSelect: () => setChange({ kind: 'delete', conversation }) },
              ]}
            >
              <Icon name="more" />
            </ActionMenu>
          </li>
        ))}
      </ul>
      <Suspense>
        {change?.kind === 'rename' && (
          <NameDialog
            title="Rename conversation"
            label="Title"
            initial={change.conversation.title}
            submit="Rename"
            busy={rename.isPending}
            error={rename.error}
            onClose={close}
            onSubmit={(title) => rename.mutate({ id: change.conversation.id, title }, { onSuccess: close })}
          />
        )}
        {change?.kind === 'delete' && (
          <DeleteConversationDialog
            title={change.conversation.title}
            busy={remove.isPending}
            error={remove.error}
            onClose={close}
            onConfirm={() =>
              remove.mutate(change.conversation.id, {
                onSuccess: () => {
                  close();
                  if (open === change.conversation.id) void navigate(paths.ask);
                },
                onError: notifyProblem,
              })
            }
          />
        )}
      </Suspense>
    </section>
  );
}
