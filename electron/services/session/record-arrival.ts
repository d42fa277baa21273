import type { Actor, Clock, LedgerRepository } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import type { WaitingRefusals } from './vault.ts';

type Waiting = Omit<WaitingRefusals, 'recorded'>;

/** What was refused while the store was closed, each at its own time, and then the sign-in. Within the caller's transaction. */
export function recordArrival(
  ledger: LedgerRepository,
  clock: Clock,
  waiting: Waiting,
  actor: Actor,
  way: string,
): void {
  for (const refusal of waiting.refusals) {
    record(ledger, { ...clock, now: () => refusal.at }, null, {
      operation: 'session.signIn',
      outcome: 'refused',
      sentence: 'Sign-in refused',
      detail: { reason: refusal.reason, way: refusal.way },
      personal: { username: refusal.username },
    });
  }
  if (waiting.tampered) {
    record(ledger, clock, null, {
      operation: 'session.attemptsAltered',
      outcome: 'refused',
      sentence: 'The record of sign-in attempts on this PC was deleted or altered',
    });
  }
  if (waiting.lost > 0) {
    record(ledger, clock, null, {
      operation: 'session.refusalsLost',
      outcome: 'refused',
      sentence: `${waiting.lost} refused sign-ins could not be read from this PC`,
    });
  }
  record(ledger, clock, actor, { operation: 'session.signIn', sentence: 'Signed in', detail: { way } });
}
