import { Text } from '@mantine/core';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { ConfirmWithReason } from '../../components/index.ts';
import { SigningDialog } from '../signing/index.ts';
import { ExceptionDialog } from './exception-dialog.tsx';
import { MissingList } from './exception-facts.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { MENU_WORDS, type MenuCommand } from './next-step.ts';
import { ReturnDialog } from './return-dialog.tsx';
import { approvalOf } from './signed-decisions.ts';
import { StepFault } from './step-fault.tsx';
import { useStep } from './use-step.ts';

export type Dialog = MenuCommand | 'key' | 'sign' | 'decideException';
/** The dialogs that keep a draft, by the name they keep it under. */
export const isDialog = (name: string | undefined): name is MenuCommand | 'decideException' =>
  name !== undefined && (name in MENU_WORDS || name === 'decideException');

type ReasonCommand = Exclude<MenuCommand, 'returnForm'>;

interface RequestDialogsProps {
  readonly detail: RequestDetail;
  readonly dialog: Dialog | null;
  readonly onClose: () => void;
}

/**
 * The dialogs of a request. They stand beside the panels and not in them, so that a request that changes underneath
 * takes nothing that was typed with it.
 */
export const RequestDialogs = ({ detail, dialog, onClose }: RequestDialogsProps) => {
  if (dialog === null) return null;
  switch (dialog) {
    case 'returnForm':
      return <ReturnDialog detail={detail} onClose={onClose} />;
    case 'key':
      return <KeyDialog detail={detail} onClose={onClose} />;
    case 'sign':
      return <SigningDialog step={approvalOf(detail)} onClose={onClose} />;
    case 'decideException':
      return <ExceptionDialog detail={detail} onClose={onClose} />;
    default:
      return <ReasonDialog key={dialog} command={dialog} detail={detail} onClose={onClose} />;
  }
};

interface ReasonDialogProps {
  readonly command: ReasonCommand;
  readonly detail: RequestDetail;
  readonly onClose: () => void;
}

const ReasonDialog = ({ command, detail, onClose }: ReasonDialogProps) => {
  const step = useStep(`requests:${command}` as const, detail, onClose);
  const words = MENU_WORDS[command];
  return (
    <ConfirmWithReason
      opened
      title={words.title}
      confirmLabel={words.confirm}
      danger={command === 'withdraw' || command === 'endException'}
      busy={step.busy}
      draftKey={`requests/${detail.id}/${command}`}
      onConfirm={(reason) => step.run({ reason })}
      onCancel={onClose}
    >
      {command === 'askException' && (
        <>
          <Text size="sm">The exception would be from:</Text>
          <MissingList items={detail.prerequisites.filter(({ state }) => state === 'missing')} />
        </>
      )}
      <Text size="sm">
        {words.explains}
        {command === 'undo' && detail.undoes !== null && ` It takes back: ${detail.undoes}.`}
      </Text>
      <StepFault fault={step.fault} />
    </ConfirmWithReason>
  );
};
