import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../../electron/contract/contract.ts';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states.tsx';
import { useSession } from '../../ground/session.tsx';
import { invoke, useOperation } from '../../lib/api.ts';
import { formatAge, formatBytes, formatInstant } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { phraseFault, phraseWords } from './create-store.ts';
import { type CredentialFault, credentialFaultOf } from './credential-fault.ts';
import { EntranceFrame } from './entrance-frame.tsx';
import { FaultNotice, useWait } from './fault-notice.tsx';
import { PhraseField } from './recover-screen.tsx';
import { StepForm } from './step-form.tsx';

type Backup = Output<'session:listBackups'>['backups'][number];

interface RestoreScreenProps {
  readonly trust: SessionState['trust'];
  readonly onBack: () => void;
  /** Told when the backup is in place; nothing else on the screen would say so. `takenAt`: of the backup. */
  readonly onRestored?: (takenAt: string) => void;
}

/** Puts a backup in the store's place. The present files are moved aside, never deleted. */
export const RestoreScreen = ({ trust, onBack, onRestored }: RestoreScreenProps) => {
  const { apply } = useSession();
  const list = useOperation('session:listBackups', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const [phrase, setPhrase] = useState('');
  const [told, setTold] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<CredentialFault | null>(null);
  const wait = useWait(fault);
  const backups = list.data?.backups ?? [];
  const send = () => {
    setTold(true);
    if (chosen === null || phraseFault(phrase) !== null || wait > 0) return;
    setBusy(true);
    setFault(null);
    invoke('session:restoreBackup', { id: chosen, recoveryPhrase: phraseWords(phrase).join(' ') })
      .then(
        (state) => {
          apply(state);
          onRestored?.(backups.find((backup) => backup.id === chosen)?.takenAt ?? '');
        },
        (reason: unknown) => setFault(credentialFaultOf(reason)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <EntranceFrame title="Restore a backup" trust={trust}>
      <StepForm
        nextLabel="Restore this backup"
        busy={busy}
        blocked={wait > 0 || backups.length === 0}
        onBack={onBack}
        onNext={send}
      >
        <Stack gap="md">
          <Text size="sm">
            The backup takes the store’s place. The present files are moved aside, not deleted. What was
            entered after the backup was taken is not in it.
          </Text>
          {list.isPending && <LoadingRows rows={3} rowHeight={52} label="Looking for backups" />}
          {list.error !== null && (
            <ErrorState
              fault={list.error}
              title="The backups could not be listed"
              onRetry={() => void list.refetch()}
            />
          )}
          {list.data !== undefined && backups.length === 0 && (
            <EmptyState title="There are no backups here">
              Backups are made when somebody signs out and once a day. If IT keeps copies of this PC’s files,
              ask for the backups folder.
            </EmptyState>
          )}
          {backups.length > 0 && (
            <>
              <BackupChoice
                backups={backups}
                chosen={chosen}
                onChoose={setChosen}
                error={told && chosen === null ? 'Choose a backup' : null}
              />
              <PhraseField value={phrase} onChange={setPhrase} error={told ? phraseFault(phrase) : null} />
            </>
          )}
          <FaultNotice fault={fault} wait={wait} />
        </Stack>
      </StepForm>
    </EntranceFrame>
  );
};

interface BackupChoiceProps {
  readonly backups: readonly Backup[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly error: string | null;
}

const BackupChoice = ({ backups, chosen, onChoose, error }: BackupChoiceProps) => {
  const now = useNow();
  return (
    <Radio.Group label="Backup" required value={chosen} onChange={onChoose} error={error}>
      <Stack gap="xs" mt="xs" mah="16rem" style={{ overflowY: 'auto' }}>
        {backups.map((backup) => (
          <Radio
            key={backup.id}
            value={backup.id}
            label={`${formatInstant(backup.takenAt)} (${formatAge(backup.takenAt, now)})`}
            description={`${formatBytes(backup.bytes)} · ${backup.verified ? '✓ checked by opening it' : '△ not checked'}`}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
};
