import { Alert, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { CardAsking, ErrorState, LoadingRows, useCardAsking } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { isStale, keyOf, useOperation } from '../../lib/api.ts';
import { useSecretCommand } from '../../lib/use-secret-command.ts';
import type { Prepared, SignedStep } from './signed-step.ts';
import { SignedText } from './signed-text.tsx';
import classes from './signing.module.css';

interface SigningDialogProps {
  readonly step: SignedStep;
  /** Without a decision. */
  readonly onClose: () => void;
  /** Where something else is to be done than to close. */
  readonly onDecided?: () => void;
}

/** What will be signed, word for word; then by whom and with what. Nothing is decided before the signature is made. */
export const SigningDialog = ({ step, onClose, onDecided = onClose }: SigningDialogProps) => {
  const prepared = useOperation('signing:prepare', step.toSign, { keepPrevious: true });
  return (
    <Modal
      opened
      onClose={onClose}
      title={step.words.title}
      size="xl"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
      className={classes.dialog ?? ''}
    >
      {prepared.error !== null && !isStale(prepared.error) && (
        <ErrorState fault={prepared.error} title="There is nothing to sign" />
      )}
      {prepared.data === undefined ? (
        prepared.error === null && <LoadingRows rows={8} label="Reading what is signed" />
      ) : (
        <SigningForm step={step} prepared={prepared.data} onClose={onClose} onDecided={onDecided} />
      )}
    </Modal>
  );
};

interface SigningFormProps extends Required<SigningDialogProps> {
  readonly prepared: Prepared;
}

const SigningForm = ({ step, prepared, onClose, onDecided }: SigningFormProps) => {
  const client = useQueryClient();
  const asked = useCardAsking();
  const { setPin } = asked;
  const [password, setPassword] = useState('');
  const [told, setTold] = useState(false);
  const [readAgain, setReadAgain] = useState(false);
  const decide = useSecretCommand(step.operation, {
    onDone: onDecided,
    onRefused: (fault) => {
      setPin('');
      setPassword('');
      if (!isStale(fault)) return;
      setReadAgain(true);
      // Either it has another revision, or what the text says of it has changed.
      void client.invalidateQueries({ queryKey: step.readAgain });
      void client.invalidateQueries({ queryKey: keyOf('signing:prepare') });
    },
  });
  const { reset } = decide;
  const { sha256 } = prepared;
  const shown = useRef(sha256);
  // Changed under the reader's eyes: whoever has begun to sign must begin again, with the words that stand there now.
  useEffect(() => {
    if (shown.current === sha256) return;
    shown.current = sha256;
    setReadAgain(true);
    setPassword('');
    setPin('');
    reset();
  }, [sha256, setPin, reset]);
  const byCard = prepared.needed === 'card';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (decide.busy) return;
    const { card, pin, ready } = asked;
    if (prepared.needed === 'none') return decide.run(step.input(null));
    if (!byCard) {
      if (password === '') return;
      setTold(false);
      return decide.run(step.input({ sha256, by: { way: 'password', password } }));
    }
    if (card === null || !ready) return;
    setTold(false);
    decide.run(
      step.input({ sha256, by: { way: 'card', readerId: card.readerId, pin: card.ownKeypad ? '' : pin } }),
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">
          You sign exactly this text. It is kept with the signature, and anybody can check the two without
          this program.
        </Text>
        <SignedText key={sha256} label="Text that is signed" text={prepared.text} />
        <div className="no-print">
          <Stack gap="sm">
            <div role="status">
              {readAgain && (
                <Alert color="yellow" variant="light" title="It changed meanwhile">
                  The text below was read again and is what would be signed now. Read it once more before you
                  sign.
                </Alert>
              )}
            </div>
            <Means prepared={prepared} what={step.words.what} />
            {byCard && <CardAsking asked={asked} pinLabel="Your passcode" told={told} />}
            {prepared.needed === 'password' && (
              <PasswordInput
                label="Your password"
                required
                data-autofocus
                autoComplete="off"
                maxLength={256}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                error={told && password === '' ? 'Type your password' : undefined}
                visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
              />
            )}
            {decide.fault !== null && !isStale(decide.fault) && (
              <ErrorState fault={decide.fault} title="Nothing was decided" />
            )}
            <Group justify="space-between">
              <Button
                variant="default"
                leftSection={<IconPrinter size={16} aria-hidden="true" />}
                onClick={() => window.print()}
              >
                Print the text
              </Button>
              <Group>
                <Button variant="default" onClick={onClose}>
                  Cancel
                </Button>
                <Button type="submit" loading={decide.busy}>
                  {prepared.needed === 'none' ? step.words.decide : step.words.sign}
                </Button>
              </Group>
            </Group>
          </Stack>
        </div>
      </Stack>
    </form>
  );
};

const Means = ({ prepared, what }: { readonly prepared: Prepared; readonly what: string }) => {
  const { user } = useSignedIn();
  switch (prepared.needed) {
    case 'none':
      return <Text size="sm">This {what} is not signed any more: the trust changed what is signed.</Text>;
    case 'card':
      return (
        <Text size="sm">
          Signs: <strong>{user.displayName}</strong>, with your smartcard.
        </Text>
      );
    case 'password':
      return (
        <Text size="sm">
          Signs: <strong>{user.displayName}</strong>, with the key of your account, which your password lets
          out. This is the weaker signature: it shows that somebody knew the password. A card would show more.
        </Text>
      );
    default:
      return prepared.needed satisfies never;
  }
};
