import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';

interface StepFormProps {
  readonly children: ReactNode;
  readonly nextLabel: string;
  readonly backLabel?: string;
  readonly busy?: boolean;
  readonly blocked?: boolean;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** One step: its fields, Back, and the one button that goes on. */
export const StepForm = (props: StepFormProps) => (
  <form
    noValidate
    onSubmit={(event: FormEvent) => {
      event.preventDefault();
      if (!props.busy && !props.blocked) props.onNext();
    }}
  >
    <Stack gap="md" maw="40rem">
      {props.children}
      <Group justify="space-between" mt="sm" className="no-print">
        <Button variant="default" onClick={props.onBack} disabled={props.busy ?? false}>
          {props.backLabel ?? 'Back'}
        </Button>
        <Button type="submit" loading={props.busy ?? false} disabled={props.blocked ?? false}>
          {props.nextLabel}
        </Button>
      </Group>
    </Stack>
  </form>
);
