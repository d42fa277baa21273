import type { SecurityCheck } from '../../../../electron/contract/security.contract.ts';
import { formatCount } from '../../lib/format.ts';

type State = SecurityCheck['state'];

/** Each state as a word and a shape; its colour only adds to it. */
export const STATE_MARKS = {
  green: { word: 'In order', shape: 'tick', tone: 'good' },
  amber: { word: 'Look at this', shape: 'triangle', tone: 'warn' },
  red: { word: 'Mend this now', shape: 'cross', tone: 'bad' },
} as const satisfies Record<State, unknown>;

const ORDER: readonly State[] = ['red', 'amber', 'green'];

/** The worst first; within one state as the program gives them. */
export const worstFirst = (checks: readonly SecurityCheck[]): readonly SecurityCheck[] =>
  ORDER.flatMap((state) => checks.filter((check) => check.state === state));

/** `2 to mend now, 1 to look at, 7 in order`; nothing is said of a state that no check has. */
export const countWords = (checks: readonly SecurityCheck[]): string => {
  const count = (state: State) => checks.filter((check) => check.state === state).length;
  const parts = [
    count('red') > 0 && `${count('red')} to mend now`,
    count('amber') > 0 && `${count('amber')} to look at`,
    count('green') > 0 && `${count('green')} in order`,
  ];
  return `${formatCount(checks.length, 'check')}: ${parts.filter((part) => part !== false).join(', ')}.`;
};

/** Where the check is mended, when that is another screen. */
export const PLACE_OF: Partial<Record<SecurityCheck['id'], { readonly to: string; readonly label: string }>> =
  {
    owners: { to: '/users', label: 'Go to Users' },
    'break-glass': { to: '/users', label: 'Go to Users' },
    backups: { to: '/settings', label: 'Go to Settings' },
    ledger: { to: '/ledger', label: 'Go to the ledger' },
  };
