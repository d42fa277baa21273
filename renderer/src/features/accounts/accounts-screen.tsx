import { Anchor, Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AccountRow } from '../../../../electron/contract/accounts.contract.ts';
import {
  type Column,
  EmptyState,
  ErrorState,
  Mark,
  PageHeader,
  VirtualTable,
} from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { invoke, useCommand, useOperation } from '../../lib/api.ts';
import { formatCount, formatInstant } from '../../lib/format.ts';
import { AccountDrawer } from './account-drawer.tsx';
import { waitingWords } from './account-words.ts';

const ACCOUNT: Column<AccountRow> = {
  key: 'username',
  header: 'User name',
  width: 'minmax(11rem, 1fr)',
  cell: (row) => row.username,
};
const HOLDINGS: Column<AccountRow> = {
  key: 'holdings',
  header: 'Holdings',
  width: '6rem',
  align: 'end',
  cell: (row) => row.holdings,
};

const TO_CONFIRM: readonly Column<AccountRow>[] = [
  ACCOUNT,
  {
    key: 'proposal',
    header: 'Proposed',
    width: 'minmax(12rem, 1.2fr)',
    cell: ({ proposal }) =>
      proposal.name === null ? (
        <Mark word="Nobody" shape="diamond" tone="warn" />
      ) : (
        `${proposal.name}, ${proposal.employeeNumber}`
      ),
  },
  { key: 'why', header: 'Why', width: 'minmax(16rem, 3fr)', cell: ({ proposal }) => proposal.why },
  HOLDINGS,
];

const CONFIRMED: readonly Column<AccountRow>[] = [
  ACCOUNT,
  {
    key: 'whose',
    header: 'Whose',
    width: 'minmax(12rem, 1.6fr)',
    cell: ({ confirmed }) =>
      confirmed?.name == null ? 'Nobody’s' : `${confirmed.name}, ${confirmed.employeeNumber}`,
  },
  {
    key: 'at',
    header: 'Confirmed',
    width: 'minmax(10.2rem, 0.8fr)',
    cell: ({ confirmed }) => (confirmed === null ? '' : formatInstant(confirmed.at)),
  },
  { key: 'by', header: 'By', width: 'minmax(9rem, 0.8fr)', cell: ({ confirmed }) => confirmed?.by ?? '' },
  HOLDINGS,
];

type State = 'to-confirm' | 'confirmed';

/** Extracts may name ESR accounts and no people: whose each is, a person says once. */
export const AccountsScreen = () => {
  const [state, setState] = useState<State>('to-confirm');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<AccountRow | null>(null);
  return (
    <>
      <PageHeader
        title="User names"
        description="Whose the ESR accounts are that extracts name without an employee number"
      />
      <Waiting />
      <Group mb="sm" align="end">
        <SegmentedControl
          aria-label="To confirm or confirmed"
          value={state}
          onChange={(value) => setState(value === 'confirmed' ? 'confirmed' : 'to-confirm')}
          data={[
            { value: 'to-confirm', label: 'To confirm' },
            { value: 'confirmed', label: 'Confirmed' },
          ]}
        />
        <TextInput
          aria-label="Search user names"
          placeholder="Search user names"
          maxLength={100}
          w="16rem"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Group>
      <VirtualTable<AccountRow>
        key={state}
        label={state === 'confirmed' ? 'Confirmed user names' : 'User names to confirm'}
        noun={['user name', 'user names']}
        columns={state === 'confirmed' ? CONFIRMED : TO_CONFIRM}
        queryKey={['accounts', 'accounts:list', state, text]}
        fetchSlice={(slice) => invoke('accounts:list', { state, text, ...slice })}
        rowId={(row) => row.username}
        onOpen={setChosen}
        height="max(14rem, calc(100dvh - 21rem))"
        autoFocus
        empty={<NoAccounts state={state} searched={text !== ''} />}
      />
      {chosen !== null && <AccountDrawer account={chosen} onClose={() => setChosen(null)} />}
    </>
  );
};

/** How many wait, and one step for all of whom ESR's own exports say whose they are. */
const Waiting = () => {
  const { may } = useSignedIn();
  const counts = useOperation('accounts:count', {});
  const all = useCommand('accounts:confirmStated');
  const { toConfirm, stated } = counts.data ?? { toConfirm: 0, stated: 0 };
  return (
    <>
      <Group mb="sm" mih="2.25rem" justify="space-between">
        <Text size="sm">{counts.data === undefined ? ' ' : waitingWords(toConfirm, stated)}</Text>
        {stated > 0 && may('accounts:confirmStated') && (
          <Button loading={all.isPending} onClick={() => all.mutate({})}>
            Confirm the {formatCount(stated, 'account', 'accounts')} that ESR stated
          </Button>
        )}
      </Group>
      {all.error !== null && <ErrorState fault={all.error} />}
    </>
  );
};

const NoAccounts = ({ state, searched }: { readonly state: State; readonly searched: boolean }) => {
  if (searched) return <EmptyState title="No user name fits">Try fewer letters.</EmptyState>;
  return state === 'confirmed' ? (
    <EmptyState title="No account has been confirmed yet">
      An account that was confirmed stays here, with who said so, and can be changed or taken back.
    </EmptyState>
  ) : (
    <EmptyState title="No account waits">
      Holdings that name an employee number need nothing here. Accounts come in with{' '}
      <Anchor component={Link} inherit href="/imports">
        an import
      </Anchor>{' '}
      of holdings that names user names alone.
    </EmptyState>
  );
};
