import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ErrorState } from './states.tsx';

interface FormModalProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly submitLabel: string;
  readonly busy: boolean;
  /** The refusal of the last try, under a title; nothing where the dialog says it itself. */
  readonly fault?: Error | null;
  readonly faultTitle?: string;
  readonly danger?: boolean;
  /** Beside Cancel, at the left. */
  readonly other?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** The frame of a dialog with a form. A click beside it takes nothing that was typed with it. */
export const FormModal = (props: FormModalProps) => {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.busy) props.onSubmit();
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {props.children}
          {props.fault && (
            <ErrorState fault={props.fault} title={props.faultTitle ?? 'Nothing was changed'} />
          )}
          <Group justify="space-between">
            <div>{props.other}</div>
            <Group>
              <Button variant="default" onClick={props.onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={props.busy} {...(props.danger ? { color: 'red' } : {})}>
                {props.submitLabel}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
