import type { Input } from '../../../../electron/contract/contract.ts';
import { londonToInstant } from '../../lib/london-time.ts';

/** The filter as the boxes hold it: days are London's, an empty box is no condition. */
export interface LedgerBoxes {
  readonly text: string;
  readonly operation: string;
  readonly actor: string;
  readonly outcome: '' | 'done' | 'refused';
  readonly from: string;
  readonly to: string;
}

export const EMPTY_LEDGER_FILTER: LedgerBoxes = {
  text: '',
  operation: '',
  actor: '',
  outcome: '',
  from: '',
  to: '',
};

const orNull = (value: string): string | null => (value === '' ? null : value);

/** Both days count whole: from the first minute of one to the last moment of the other. */
export const ledgerFilter = (boxes: LedgerBoxes): Input<'ledger:list'>['filter'] => ({
  text: boxes.text,
  operation: orNull(boxes.operation),
  actor: orNull(boxes.actor),
  outcome: boxes.outcome === '' ? null : boxes.outcome,
  from: londonToInstant(`${boxes.from}T00:00`),
  to: endOfDay(boxes.to),
});

const endOfDay = (day: string): string | null => {
  const lastMinute = londonToInstant(`${day}T23:59`);
  return lastMinute === null ? null : new Date(new Date(lastMinute).getTime() + 59_999).toISOString();
};
