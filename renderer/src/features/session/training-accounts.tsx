import { Text, Title } from '@mantine/core';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { rolesInWords } from '../../lib/permissions.ts';
import classes from './training-accounts.module.css';

type Account = SessionState['trainingAccounts'][number];

interface TrainingAccountsProps {
  readonly accounts: readonly Account[];
  readonly onPick: (account: Account) => void;
}

/**
 * The training store is no secret, so its names and passwords stand beside the form. A plain table: Mantine's brings
 * 100 kB of scrolling and floating parts, which the first file of the program can do without.
 */
export const TrainingAccounts = ({ accounts, onPick }: TrainingAccountsProps) => (
  <section className={classes.box} aria-labelledby="training-accounts">
    <Title order={2} size="h5" id="training-accounts">
      Training accounts
    </Title>
    <Text size="sm" c="dimmed" mb="xs">
      Choose one to fill the form.
    </Text>
    <table className={classes.table} aria-labelledby="training-accounts">
      <thead>
        <tr>
          <th scope="col">Name and role</th>
          <th scope="col">Username</th>
          <th scope="col">Password</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.username}>
            <td>
              <button type="button" className={classes.pick} onClick={() => onPick(account)}>
                {account.displayName}
              </button>
              <Text size="xs" c="dimmed">
                {rolesInWords(account.roles)}
              </Text>
            </td>
            <td className={classes.code}>{account.username}</td>
            <td className={classes.code}>{account.password}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
