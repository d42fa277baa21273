import type { AccountRow } from '../../../../electron/contract/accounts.contract.ts';
import { formatCount } from '../../lib/format.ts';

/** Whose an account was confirmed to be. */
export const whoseWords = ({ name, employeeNumber }: NonNullable<AccountRow['confirmed']>): string =>
  name === null ? 'Nobody’s account.' : `The account of ${name}, ${employeeNumber ?? 'no number'}.`;

/** Of those that wait: how many, and what can be done with all of them at once. */
export const waitingWords = (toConfirm: number, stated: number): string => {
  if (toConfirm === 0) return 'No account waits.';
  const waits = `${formatCount(toConfirm, 'account waits', 'accounts wait')} to be confirmed.`;
  if (stated === 0) return `${waits} ESR’s exports say of none whose it is.`;
  return `${waits} ESR’s own exports say whose ${stated === 1 ? 'one of them' : `${formatCount(stated, 'of them', 'of them')}`} ${stated === 1 ? 'is' : 'are'}.`;
};
