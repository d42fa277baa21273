import { Text } from '@mantine/core';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { ConfirmWithReason } from '../../components/index.ts';
import { KeyDialog } from './key-dialog.tsx';
import { MENU_WORDS, type MenuCommand } from './next-step.ts';
import { ReturnDialog } from './return-dialog.tsx';
import { SigningDialog } from './signing-dialog.tsx';
import { StepFault } from './step-fault.tsx';
import { useStep } from './use-step.ts';

export type Dialog = MenuCommand | 'key' | 'sign';
/** The dialogs that keep a draft, by the name they keep it under. */
export const isDialog = (name: string | undefined): name is MenuCommand =>
  name !== undefined && name in MENU_WORDS;

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
      return <SigningDialog detail={detail} onClose={onClose} />;
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
      danger={command === 'withdraw'}
      busy={step.busy}
      draftKey={`requests/${detail.id}/${command}`}
      onConfirm={(reason) => step.run({ reason })}
      onCancel={onClose}
    >
      <Text size="sm">
        {words.explains}
        {command === 'undo' && detail.undoes !== null && ` It takes back: ${detail.undoes}.`}
      </Text>
      <StepFault fault={step.fault} />
    </ConfirmWithReason>
  );
};
