import type { Output } from '../../contract/contract.ts';
import type { RequestStatus } from '../../contract/requests.contract.ts';
import { daysBetween } from '../../domain/dates.ts';
import type { ActingContext } from '../ground/context.ts';

const WAITING: readonly { readonly label: string; readonly status: RequestStatus }[] = [
  { label: 'New, to check', status: 'new' },
  { label: 'Unmatched, nobody of that number', status: 'unmatched' },
  { label: 'Authorised, to approve', status: 'authorised' },
  { label: 'With the Caldicott Guardian', status: 'with-guardian' },
  { label: 'Approved, to key', status: 'approved' },
  { label: 'Keyed, waiting for the next extract', status: 'keyed' },
  { label: 'Keyed but not seen', status: 'not-seen' },
];

export function home({ store, clock, actor }: ActingContext): Output<'home:get'> {
  const { access } = store;
  const counts = access.requests.countByStatus();
  const open = access.findings.countOpen();
  const oldest = access.requests.oldestOpen();
  return {
    greetingName: actor.displayName,
    waiting: [
      ...WAITING.map(({ label, status }) => ({
        label,
        count: counts[status],
        to: `/requests?status=${status}`,
      })),
      {
        label: 'Approved, no longer grantable',
        count: access.requests.countObjected(),
        to: '/requests?objected=1',
      },
    ],
    oldestWaitingDays: oldest === null ? null : Math.max(0, daysBetween(oldest, clock.now())),
    openFindings: Object.values(open).reduce((sum, n) => sum + n, 0),
    recent: access.ledger.recent(8).map(({ at, sentence }) => ({ at, sentence })),
  };
}
