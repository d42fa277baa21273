import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ErrorState } from '../../components/states.tsx';

interface UserModalProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly submitLabel: string;
  readonly busy: boolean;
  /** The refusal of the last try. */
  readonly fault: Error | null;
  readonly faultTitle: string;
  readonly danger?: boolean;
  /** Beside Cancel, at the left. */
  readonly other?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** The frame of every dialog about one account. A click beside it takes nothing that was typed with it. */
export const UserModal = (props: UserModalProps) => {
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
          {props.fault !== null && <ErrorState fault={props.fault} title={props.faultTitle} />}
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
