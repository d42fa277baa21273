import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { AccountRow } from '../../../../electron/contract/accounts.contract.ts';
import { Facts } from '../../components/facts.tsx';
import { ConfirmWithReason, ErrorState } from '../../components/index.ts';
import { PersonPicker } from '../../components/person-picker.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { formatCount, formatInstant } from '../../lib/format.ts';
import { whoseWords } from './account-words.ts';

interface AccountDrawerProps {
  readonly account: AccountRow;
  readonly onClose: () => void;
}

/** One account: whose it may be and why, and the ways to say whose it is. */
export const AccountDrawer = ({ account, onClose }: AccountDrawerProps) => {
  const { may } = useSignedIn();
  const { username, proposal, confirmed } = account;
  const [choosing, setChoosing] = useState(proposal.employeeNumber === null && confirmed === null);
  const [undoing, setUndoing] = useState(false);
  const confirm = useCommand('accounts:confirm', { onDone: onClose });
  const say = (employeeNumber: string | null) => confirm.mutate({ username, employeeNumber });
  return (
    <>
      <Drawer
        opened
        onClose={onClose}
        position="right"
        size="lg"
        title={username}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack gap="md">
          <Text>{confirmed === null ? proposal.why : whoseWords(confirmed)}</Text>
          <Facts facts={factsOf(account)} />
          {confirm.error !== null && <ErrorState fault={confirm.error} />}
          {may('accounts:confirm') && (
            <Group>
              {confirmed === null && proposal.employeeNumber !== null && (
                <Button
                  data-autofocus
                  loading={confirm.isPending}
                  onClick={() => say(proposal.employeeNumber)}
                >
                  Confirm {proposal.name}
                </Button>
              )}
              {!choosing && (
                <Button variant="default" onClick={() => setChoosing(true)}>
                  {confirmed === null ? 'Choose another…' : 'Change…'}
                </Button>
              )}
              {confirmed?.employeeNumber !== null && (
                <Button variant="default" disabled={confirm.isPending} onClick={() => say(null)}>
                  Nobody’s account
                </Button>
              )}
              {confirmed !== null && (
                <Button variant="default" onClick={() => setUndoing(true)}>
                  Take back…
                </Button>
              )}
            </Group>
          )}
          {choosing && may('accounts:confirm') && (
            <PersonPicker
              initial=""
              verb="Choose"
              disabled={confirm.isPending}
              onPick={({ employeeNumber }) => say(employeeNumber)}
            />
          )}
        </Stack>
      </Drawer>
      {undoing && <TakeBack username={username} onClose={() => setUndoing(false)} onDone={onClose} />}
    </>
  );
};

const factsOf = ({
  holdings,
  proposal,
  confirmed,
}: AccountRow): readonly (readonly [string, React.ReactNode])[] => [
  ['Holdings now', formatCount(holdings, 'row names the account alone', 'rows name the account alone')],
  ...(confirmed === null
    ? []
    : [
        ['Confirmed', `${formatInstant(confirmed.at)}, by ${confirmed.by}`] as const,
        ['What exports say', proposal.why] as const,
      ]),
];

interface TakeBackProps {
  readonly username: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const TakeBack = ({ username, onClose, onDone }: TakeBackProps) => {
  const undo = useCommand('accounts:undo', { onDone });
  return (
    <ConfirmWithReason
      opened
      title={`Take back whose ${username} is`}
      confirmLabel="Take back"
      busy={undo.isPending}
      fault={undo.error}
      onConfirm={(reason) => undo.mutate({ username, reason })}
      onCancel={onClose}
    >
      The account waits again. What extracts show for it proves nothing about anybody until somebody confirms
      it anew.
    </ConfirmWithReason>
  );
};
