import { Group, Text } from '@mantine/core';
import { useSignedIn } from '../../ground/session.tsx';
import { AskedException } from './exception-facts.tsx';
import { commandOf } from './next-step.ts';
import { type PanelProps, PanelTitle, ReturnButton, StepButton } from './panel-parts.tsx';

/** 5.1.1: an exception is the Caldicott Guardian's alone to make. */
export const ExceptionPanel = ({ detail, onOpen }: PanelProps) => {
  const { may } = useSignedIn();
  const { exception } = detail;
  return (
    <>
      <PanelTitle>
        {may('requests:decideException') ? 'Decide on the exception' : 'With the Caldicott Guardian'}
      </PanelTitle>
      {exception !== null && <AskedException exception={exception} />}
      {may('requests:decideException') ? (
        <Group>
          <StepButton {...commandOf(detail, 'decideException')} onClick={() => onOpen('decideException')}>
            Decide…
          </StepButton>
        </Group>
      ) : (
        <>
          <Text size="sm">
            Only the Caldicott Guardian decides this (5.1.1). They find it under the status “Guardian”.
          </Text>
          <Group>
            <ReturnButton detail={detail} onOpen={onOpen} />
          </Group>
        </>
      )}
    </>
  );
};
