import type { RequestStatus } from '../../domain/requests/request.ts';
import type { ActingContext } from '../ground/context.ts';
import type { Waiting } from '../ground/define-area.ts';

const WAITING: readonly { readonly label: string; readonly status: RequestStatus }[] = [
  { label: 'New, to check', status: 'new' },
  { label: 'Unmatched, nobody of that number', status: 'unmatched' },
  { label: 'Authorised, to approve', status: 'authorised' },
  { label: 'With the Caldicott Guardian', status: 'with-guardian' },
  { label: 'Approved, to key', status: 'approved' },
  { label: 'Keyed, waiting for the next extract', status: 'keyed' },
  { label: 'Keyed but not seen', status: 'not-seen' },
];

/** Requests by what has to be done with them, in the order of work. */
export function requestsWaiting({ store }: ActingContext): readonly Waiting[] {
  const { requests } = store.access;
  const counts = requests.countByStatus();
  return [
    ...WAITING.map(({ label, status }) => ({
      label,
      count: counts[status],
      to: `/requests?status=${status}`,
    })),
    { label: 'Approved, no longer grantable', count: requests.countObjected(), to: '/requests?objected=1' },
  ];
}
