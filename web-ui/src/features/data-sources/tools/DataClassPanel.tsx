import { Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useIsOwner } from '@/api/session';
import { useSetDataClasses } from '@/api/tools';
import type { DataClasses, DataSource } from '@/api/types';
import { ConfirmDialog } from '@/shared/Dialog';
import { OwnerOnly } from '@/shared/OwnerOnly';
import { ProblemAlert } from '@/shared/ProblemAlert';

const reasonId = 'classes-owner-only';

interface ClassText {
  label: string;
  description: string;
  title: string;
  risks: string[];
}

const texts: Record<keyof DataClasses, ClassText> = {
  personal: {
    label: 'Tools that read about single people',
    description: 'Users, their sessions and replays. Off: questions are answered from totals alone.',
    title: 'Let questions read about single people?',
    risks: [
      'Names, addresses, locations and what somebody did may appear in answers, on dashboards and in the call log.',
      'Everybody in this workspace can see them, and the language model is shown them.',
      'Your privacy rules apply from then on: ask whoever keeps them, if that is not you.',
    ],
  },
  freeText: {
    label: 'Tools that read what people have written',
    description: 'Feedback, comments and messages. Off: no text of strangers reaches the language model.',
    title: 'Let questions read what people have written?',
    risks: [
      'Anybody who can send feedback can write a text that tries to mislead the language model.',
      'Such a text cannot make ClariBI write to the vendor, but it can make an answer wrong.',
      'People write names and addresses into free text.',
    ],
  },
};

interface DataClassPanelProps extends DataClasses {
  source: DataSource;
}

/** Which kinds of data the reading tools may read. Switching one on is asked back; switching it off is not. */
export function DataClassPanel({ source, personal, freeText }: DataClassPanelProps) {
  const isOwner = useIsOwner();
  const change = useSetDataClasses(source.id);
  const [asked, setAsked] = useState<keyof DataClasses>();
  const current: DataClasses = { personal, freeText };

  function set(key: keyof DataClasses, on: boolean) {
    change.mutate({ ...current, [key]: on }, { onSuccess: () => setAsked(undefined) });
  }

  return (
    <section className="surface panel" aria-label="Kinds of data">
      <Stack gap="md">
        <h2 className="card-title">Kinds of data</h2>
        <Text>Totals such as counts and rates are always read. The other two kinds are off until an owner switches them on.</Text>
        {!isOwner && <OwnerOnly id={reasonId} what="change the kinds of data" />}
        {(Object.keys(texts) as (keyof DataClasses)[]).map((key) => (
          <Switch
            key={key}
            label={texts[key].label}
            description={texts[key].description}
            checked={current[key]}
            disabled={!isOwner}
            onChange={(event) => {
              if (change.isPending) return;
              if (event.currentTarget.checked) setAsked(key);
              else set(key, false);
            }}
          />
        ))}
        {change.isError && !asked && <ProblemAlert error={change.error} />}
      </Stack>
      {asked && (
        <ConfirmDialog
          title={texts[asked].title}
          confirm="Switch on"
          cancel="Leave off"
          busy={change.isPending}
          error={change.error}
          onConfirm={() => set(asked, true)}
          onClose={() => setAsked(undefined)}
        >
          <Text>What this means:</Text>
          <ul className="points">
            {texts[asked].risks.map((risk) => (
              <li key={risk}>{risk}</li>
            ))}
          </ul>
          <Text>You can switch it off again; what was already answered stays.</Text>
        </ConfirmDialog>
      )}
    </section>
  );
}
