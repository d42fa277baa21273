import type { Output } from '../../contract/contract.ts';
import { daysBetween } from '../../domain/dates.ts';
import type { ActingContext } from '../ground/context.ts';
import type { Waiting } from '../ground/define-area.ts';

/** `waiting`: the lines of every area. */
export function home(
  { store, clock, actor }: ActingContext,
  waiting: readonly Waiting[],
): Output<'home:get'> {
  const { access } = store;
  const oldest = access.requests.oldestOpen();
  return {
    greetingName: actor.displayName,
    waiting: [...waiting],
    oldestWaitingDays: oldest === null ? null : Math.max(0, daysBetween(oldest, clock.now())),
    openFindings: Object.values(access.findings.countOpen()).reduce((sum, n) => sum + n, 0),
    recent: access.ledger.recent(8).map(({ at, sentence }) => ({ at, sentence })),
  };
}
