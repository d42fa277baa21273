import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
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
  readonly onConfirm: (reason: string) => void;
  readonly onCancel: () => void;
}

const SHORTEST = 3;

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
  onConfirm,
  onCancel,
}: ConfirmWithReasonProps) => {
  const [reason, setReason] = useState('');
  const [told, setTold] = useState(false);
  useEffect(() => {
    if (opened) {
      setReason('');
      setTold(false);
    }
  }, [opened]);
  const short = reason.trim().length < SHORTEST;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!short && !busy) onConfirm(reason.trim());
  };
  return (
    <Modal
      opened={opened}
      onClose={onCancel}
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
            onChange={(event) => setReason(event.currentTarget.value)}
            error={told && short ? 'Say why in a few words' : undefined}
          />
          {fault !== undefined && fault !== null && <ErrorState fault={fault} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel}>
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
