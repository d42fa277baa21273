import type { RequestStatus } from '../../../../electron/contract/requests.contract.ts';

export interface StatusWords {
  readonly label: string;
  /** What a request in this state waits for, as one clause under the count. */
  readonly waitsFor: string;
  readonly closed: boolean;
}

/** Every state in the order of the work: first what waits for us, last what is closed. */
export const STATUS_WORDS = {
  unmatched: { label: 'Unmatched', waitsFor: 'Nobody in the register has this number', closed: false },
  new: { label: 'To check', waitsFor: 'Waiting to be checked', closed: false },
  returned: { label: 'Returned', waitsFor: 'Sent back, waiting for a corrected form', closed: false },
  authorised: { label: 'Authorised', waitsFor: 'Waiting for an officer’s approval', closed: false },
  approved: { label: 'To key', waitsFor: 'Approved, waiting to be keyed into ESR', closed: false },
  keyed: { label: 'Keyed', waitsFor: 'Waiting for the next holdings extract', closed: false },
  'not-seen': { label: 'Not seen', waitsFor: 'Keyed, but a later extract does not show it', closed: false },
  verified: { label: 'Verified', waitsFor: 'Seen in ESR’s extract and closed', closed: true },
  withdrawn: { label: 'Withdrawn', waitsFor: 'Closed without access', closed: true },
} satisfies Record<RequestStatus, StatusWords>;

export const STATUS_ORDER = Object.keys(STATUS_WORDS) as readonly RequestStatus[];

export const OPEN_STATUSES: readonly RequestStatus[] = STATUS_ORDER.filter((s) => !STATUS_WORDS[s].closed);
