import { addDays, isIsoDay } from './dates.ts';

export interface SampleTrustOptions {
  readonly people: number;
  readonly seed: number;
  /** The day the files describe, ISO; 2026-11-02 when absent. */
  readonly asOf?: string;
  /** Number of OneForms over both files; about one to twenty people, and at least 50, when absent. */
  readonly requests?: number;
  /** Three digits; 919 when absent. */
  readonly vpd?: string;
  /** When the second holdings export was run, London time `YYYY-MM-DDTHH:mm`; a fortnight later when absent. */
  readonly laterRun?: string;
  /** GO rows as they have grown: ASA of 51 fields, ORA of 16. */
  readonly grownLayout?: boolean;
  /** GO rows of types that are not needed for access. */
  readonly otherRecords?: boolean;
  /** How the holdings write their days; ESR's `01-Jan-2026` when absent. */
  readonly dates?: DateSpelling;
  /** How the holdings write employee numbers; plainly when absent. `mixed`: each row in another of the spellings. */
  readonly numbers?: NumberSpelling;
}

export const DATE_SPELLINGS = ['esr', 'oracle', 'day-first', 'iso', 'serial'] as const;
export type DateSpelling = (typeof DATE_SPELLINGS)[number];
export const NUMBER_SPELLINGS = [
  'plain',
  'decimal',
  'thousands',
  'apostrophe',
  'formula',
  'spaced',
  'mixed',
] as const;
export type NumberSpelling = (typeof NUMBER_SPELLINGS)[number];

export const SMALLEST_TRUST = 200;
export const FEWEST_REQUESTS = 50;

/** Fills in the defaults. Throws a plain sentence that names the option and what it must be. */
export function completeOptions(options: SampleTrustOptions): Required<SampleTrustOptions> {
  const asOf = options.asOf ?? '2026-11-02';
  if (!isIsoDay(asOf) || asOf < '2022-01-01') {
    throw new Error('--as-of must be a day from 2022 on, written YYYY-MM-DD.');
  }
  const { people, seed } = options;
  if (!Number.isInteger(people) || people < SMALLEST_TRUST || people > 700_000) {
    throw new Error(`--people must be a whole number from ${SMALLEST_TRUST} to 700000.`);
  }
  if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed must be a whole number, 0 or more.');
  const requests = options.requests ?? Math.max(FEWEST_REQUESTS, Math.round(people / 20));
  if (!Number.isInteger(requests) || requests < FEWEST_REQUESTS || requests > 1_000_000) {
    throw new Error(`--requests must be a whole number from ${FEWEST_REQUESTS} to 1000000.`);
  }
  const vpd = options.vpd ?? '919';
  if (!/^\d{3}$/.test(vpd)) throw new Error('--vpd must be three digits.');
  const laterRun = options.laterRun ?? `${addDays(asOf, 14)}T07:15`;
  if (!/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(laterRun) || laterRun <= `${asOf}T07:15`) {
    throw new Error('--later-run must be written YYYY-MM-DDTHH:mm and lie after 07:15 on the --as-of day.');
  }
  const { grownLayout = false, otherRecords = false, dates = 'esr', numbers = 'plain' } = options;
  if (!DATE_SPELLINGS.includes(dates))
    throw new Error(`--dates must be one of ${DATE_SPELLINGS.join(', ')}.`);
  if (!NUMBER_SPELLINGS.includes(numbers)) {
    throw new Error(`--numbers must be one of ${NUMBER_SPELLINGS.join(', ')}.`);
  }
  return { people, seed, asOf, requests, vpd, laterRun, grownLayout, otherRecords, dates, numbers };
}
