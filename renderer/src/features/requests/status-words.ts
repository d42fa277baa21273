import type { RequestStatus } from '../../../../electron/contract/requests.contract.ts';

/** What a request in each state waits for. In the order of the work: first what waits for us, last what is closed. */
export const WAITS_FOR = {
  unmatched: 'Nobody in the register has this number',
  new: 'Waiting to be checked',
  returned: 'Sent back, waiting for a corrected form',
  'with-guardian': 'Waiting for the Caldicott Guardian to decide on an exception',
  authorised: 'Waiting for an officer’s approval',
  approved: 'Waiting to be keyed into ESR',
  keyed: 'Waiting for the next holdings extract',
  'not-seen': 'Keyed, but a later extract does not show it',
  verified: 'Seen in ESR’s extract and closed',
  withdrawn: 'Closed without access',
} satisfies Record<RequestStatus, string>;

export const STATUS_ORDER = Object.keys(WAITS_FOR) as readonly RequestStatus[];
