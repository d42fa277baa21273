import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useDraft } from '../lib/use-draft.ts';
import { KeptNote } from './kept-note.tsx';
import { ErrorState } from './states.tsx';

interface ConfirmWithReasonProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen and how it can be taken back. */
  readonly children: ReactNode;
  /** The button that does it, a verb: "Withdraw approval". */
  readonly confirmLabel: string;
  readonly reasonLabel?: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  /** The refusal of the last try, shown above the buttons. */
  readonly fault?: unknown;
  /** Keeps what was typed across a lock, under this name; nothing is kept where it is left out. */
  readonly draftKey?: string;
  readonly onConfirm: (reason: string) => void;
  readonly onCancel: () => void;
}

const SHORTEST = 3;
const NOTHING = { reason: '' };

/** Asks for a reason before something that will stand in the ledger. */
export const ConfirmWithReason = ({
  opened,
  title,
  children,
  confirmLabel,
  reasonLabel = 'Reason',
  danger = false,
  busy = false,
  fault,
  draftKey,
  onConfirm,
  onCancel,
}: ConfirmWithReasonProps) => {
  const draft = useDraft(draftKey ?? null, NOTHING);
  const { discard, forget } = draft;
  const { reason } = draft.value;
  const [told, setTold] = useState(false);
  useEffect(() => {
    if (!opened) return;
    setTold(false);
    if (draftKey === undefined) discard();
  }, [opened, draftKey, discard]);
  const sent = useRef(false);
  // Forgotten once the dialog goes and not as it is sent: what is refused is still to be kept.
  useEffect(() => {
    if (!opened) return undefined;
    return () => {
      if (sent.current) forget();
      sent.current = false;
    };
  }, [opened, forget]);
  const short = reason.trim().length < SHORTEST;
  const cancel = () => {
    draft.discard();
    onCancel();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (short || busy) return;
    sent.current = true;
    onConfirm(reason.trim());
  };
  return (
    <Modal
      opened={opened}
      onClose={cancel}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm" component="div">
            {children}
          </Text>
          <Textarea
            label={reasonLabel}
            description="It is kept in the ledger, so leave out personal details."
            required
            autosize
            minRows={2}
            maxLength={2000}
            data-autofocus
            value={reason}
            onChange={(event) => {
              sent.current = false;
              draft.change({ reason: event.currentTarget.value });
            }}
            error={told && short ? 'Say why in a few words' : undefined}
          />
          <KeptNote draft={draft} />
          {fault !== undefined && fault !== null && <ErrorState fault={fault} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={cancel}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} {...(danger ? { color: 'red' } : {})}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
