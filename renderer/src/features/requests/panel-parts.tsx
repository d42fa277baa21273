import { Button, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { commandOf } from './next-step.ts';
import type { Dialog } from './request-dialogs.tsx';

export interface PanelProps {
  readonly detail: RequestDetail;
  readonly onOpen: (dialog: Dialog) => void;
}

interface StepButtonProps {
  readonly allowed: boolean;
  /** Why it is not open now; shown beside the button, because a greyed button explains nothing. */
  readonly why: string | null;
  readonly busy?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** The primary action of a panel; while it is closed it says why in plain words. */
export const StepButton = ({ allowed, why, busy = false, onClick, children }: StepButtonProps) => {
  const reason = useId();
  const { may } = useSignedIn();
  return (
    <>
      <Button
        onClick={onClick}
        disabled={!allowed}
        loading={busy}
        {...(allowed ? {} : { 'aria-describedby': reason })}
      >
        {children}
      </Button>
      {!allowed && (
        <Text id={reason} size="sm" style={{ flex: '1 1 14rem' }}>
          {why ??
            (may('requests:approve')
              ? 'This step is not open now.'
              : 'You may read this. Only a Corporate Systems officer takes this step.')}
        </Text>
      )}
    </>
  );
};

export const PanelTitle = ({ children }: { readonly children: ReactNode }) => (
  <Title order={2} size="h4">
    {children}
  </Title>
);

interface OfferProps extends PanelProps {
  readonly command: 'askException' | 'returnForm';
  readonly children: string;
}

/** A step beside the primary one, offered only where it is open. */
const OfferButton = ({ detail, onOpen, command, children }: OfferProps) =>
  commandOf(detail, command).allowed ? (
    <Button variant="default" onClick={() => onOpen(command)}>
      {children}
    </Button>
  ) : null;

/** Offers to ask the Caldicott Guardian where something is missing that they may let pass. */
export const AskExceptionButton = (props: PanelProps) => (
  <OfferButton {...props} command="askException">
    Ask the Caldicott Guardian…
  </OfferButton>
);

/** Offers to send the form back where something is missing and the form is still ours to judge. */
export const ReturnButton = (props: PanelProps) => (
  <OfferButton {...props} command="returnForm">
    Return the form…
  </OfferButton>
);
