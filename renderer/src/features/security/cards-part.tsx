import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { CardSettings } from '../../../../electron/contract/cards.contract.ts';
import { useSignedIn } from '../../app/session.tsx';
import { ErrorState, LoadingRows, Part } from '../../components/index.ts';
import { keyOf, useCommand, useOperation } from '../../lib/api.ts';
import { useHeld } from '../../lib/held.ts';
import type { Anchors } from './anchor-list.tsx';
import { type CardSettingsDraft, draftOf, isChanged, readDraft } from './card-settings-draft.ts';
import { CardSettingsFacts } from './card-settings-facts.tsx';
import { CardSettingsFields } from './card-settings-fields.tsx';
import { CardSoftware } from './card-software.tsx';
import { SaveBar } from './save-bar.tsx';
import classes from './security.module.css';

/** Which cards are believed, and what is signed with them. */
export const CardsPart = () => {
  const { may } = useSignedIn();
  const { data, error, refetch } = useOperation('security:getCardSettings', {});
  return (
    <Part
      title="Smartcards"
      description="Which card software is used, whose cards are believed, and what is signed."
    >
      <CardSoftware />
      {error !== null && (
        <ErrorState
          fault={error}
          title="The card settings could not be read"
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined && error === null && <LoadingRows rows={8} />}
      {data !== undefined && !may('security:changeCardSettings') && <CardSettingsFacts {...data} />}
      {data !== undefined && may('security:changeCardSettings') && (
        <>
          <CardSettingsForm {...data} />
          <div className={classes.onlyPrint}>
            <CardSettingsFacts {...data} />
          </div>
        </>
      )}
    </Part>
  );
};

interface CardSettingsFormProps {
  readonly settings: CardSettings;
  readonly anchors: Anchors;
}

/** What is typed is held while the person looks at another screen; it is saved as a whole. */
const CardSettingsForm = ({ settings, anchors }: CardSettingsFormProps) => {
  const client = useQueryClient();
  const [held, hold] = useHeld<CardSettingsDraft | null>('security: card settings', null);
  const draft = held ?? draftOf(settings);
  const change = useCommand('security:changeCardSettings', {
    onDone: async () => {
      // Read first, so that the form does not show what was before for a moment.
      await client.refetchQueries({ queryKey: keyOf('security:getCardSettings', {}) });
      hold(() => null);
      notifications.show({ title: 'Card settings saved', message: 'They hold on this PC from now on.' });
    },
  });
  const reading = readDraft(draft, settings);
  const changed = isChanged(draft, settings);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if ('settings' in reading && changed && !change.isPending) change.mutate(reading.settings);
  };
  return (
    <form onSubmit={submit} noValidate className="no-print" aria-label="Card settings">
      <CardSettingsFields
        draft={draft}
        faults={'faults' in reading ? reading.faults : {}}
        anchors={anchors}
        onChange={(part) => {
          if (change.isError) change.reset();
          hold((was) => ({ ...(was ?? draftOf(settings)), ...part }));
        }}
      />
      {change.error !== null && <ErrorState fault={change.error} title="The card settings were not saved" />}
      <SaveBar
        changed={changed}
        sound={'settings' in reading}
        busy={change.isPending}
        onDiscard={() => {
          change.reset();
          hold(() => null);
        }}
      />
    </form>
  );
};
