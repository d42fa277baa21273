import { Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useOperation } from '../../lib/api.ts';
import { commandOf } from './next-step.ts';
import { type PanelProps, PanelTitle, ReturnButton, StepButton } from './panel-parts.tsx';
import { StepFault } from './step-fault.tsx';
import { useStep } from './use-step.ts';

/** The form's words name no access of the catalogue: an officer says which is meant. */
export const ChooseAccessPanel = ({ detail, onOpen }: PanelProps) => {
  const catalogue = useOperation('register:catalogue', {});
  const command = commandOf(detail, 'chooseAccess');
  const [access, setAccess] = useState('');
  const step = useStep('requests:chooseAccess', detail, () => undefined);
  const entry = catalogue.data?.entries.find((e) => e.name === access);
  return (
    <>
      <PanelTitle>Say which access is meant</PanelTitle>
      <Text size="sm">
        The form asks for “{detail.form.accessAsked}”, which is not a name in the catalogue.
      </Text>
      <NativeSelect
        label="Access in the catalogue"
        description={entry?.purpose ?? 'Choose what the requester means; ask them when in doubt.'}
        value={access}
        data={[{ value: '', label: 'Choose…' }, ...(catalogue.data?.entries.map((e) => e.name) ?? [])]}
        onChange={(event) => setAccess(event.currentTarget.value)}
      />
      <StepFault fault={step.fault} />
      <Group>
        <StepButton
          allowed={access !== '' && command.allowed}
          why={command.allowed ? 'Choose one first.' : command.why}
          busy={step.busy}
          onClick={() => step.run({ access })}
        >
          Use this access
        </StepButton>
        <ReturnButton detail={detail} onOpen={onOpen} />
      </Group>
    </>
  );
};
