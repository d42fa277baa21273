import { notifications } from '@mantine/notifications';
import type { FormEvent } from 'react';
import type { CardSettings } from '../../../../electron/contract/security.contract.ts';
import { ErrorState, LoadingRows, Part, UnkeepableNote } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { useCommand, useOperation } from '../../lib/api.ts';
import { useDraft } from '../../lib/use-draft.ts';
import type { Anchors } from './anchor-list.tsx';
import { draftFrom, draftOf, isChanged, readDraft, textsOf } from './card-settings-draft.ts';
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

/** What is typed is kept while the person looks at another screen, and across a lock; it is saved as a whole. */
const CardSettingsForm = ({ settings, anchors }: CardSettingsFormProps) => {
  const kept = useDraft('security/card-settings', textsOf(draftOf(settings)));
  const draft = draftFrom(kept.value);
  const change = useCommand('security:changeCardSettings', {
    onDone: () => {
      kept.forget();
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
          kept.change(textsOf({ ...draft, ...part }));
        }}
      />
      {change.error !== null && <ErrorState fault={change.error} title="The card settings were not saved" />}
      <SaveBar
        changed={changed}
        sound={'settings' in reading}
        busy={change.isPending}
        onDiscard={() => {
          change.reset();
          kept.change(textsOf(draftOf(settings)));
          kept.forget();
        }}
      >
        <UnkeepableNote draft={kept} />
      </SaveBar>
    </form>
  );
};
