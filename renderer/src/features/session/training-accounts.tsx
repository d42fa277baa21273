import { Table, Text, Title } from '@mantine/core';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { rolesInWords } from '../../lib/permissions.ts';
import classes from './training-accounts.module.css';

type Account = SessionState['trainingAccounts'][number];

interface TrainingAccountsProps {
  readonly accounts: readonly Account[];
  readonly onPick: (account: Account) => void;
}

/** The training store is no secret, so its names and passwords stand beside the form. */
export const TrainingAccounts = ({ accounts, onPick }: TrainingAccountsProps) => (
  <section className={classes.box} aria-labelledby="training-accounts">
    <Title order={2} size="h5" id="training-accounts">
      Training accounts
    </Title>
    <Text size="sm" c="dimmed" mb="xs">
      Choose one to fill the form.
    </Text>
    <Table verticalSpacing={4} aria-labelledby="training-accounts">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name and role</Table.Th>
          <Table.Th>Username</Table.Th>
          <Table.Th>Password</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {accounts.map((account) => (
          <Table.Tr key={account.username}>
            <Table.Td>
              <button type="button" className={classes.pick} onClick={() => onPick(account)}>
                {account.displayName}
              </button>
              <Text size="xs" c="dimmed">
                {rolesInWords(account.roles)}
              </Text>
            </Table.Td>
            <Table.Td className={classes.code}>{account.username}</Table.Td>
            <Table.Td className={classes.code}>{account.password}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </section>
);
