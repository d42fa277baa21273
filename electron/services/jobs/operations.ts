import type { Input, Output } from '../../contract/contract.ts';

/** The job that runs, as the handlers see it. */
export interface JobOperations {
  readonly current: () => Output<'jobs:current'>;
  readonly cancel: (input: Input<'jobs:cancel'>) => Output<'jobs:cancel'>;
  readonly verifyLedger: () => Promise<Output<'ledger:verify'>>;
}
