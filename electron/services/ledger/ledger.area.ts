import { defineArea, type Ground } from '../ground/define-area.ts';
import type { JobOperations } from '../jobs/index.ts';
import type { SessionService } from '../session/index.ts';
import { noteVerification } from './last-verification.ts';
import { listLedger } from './ledger.service.ts';
import { signOff, signOffWords } from './sign-off.service.ts';

export const ledgerArea = defineArea({
  name: 'ledger',
  handlers: ({
    store,
    clock,
    jobs,
    session,
  }: Ground & { readonly jobs: JobOperations; readonly session: SessionService }) => ({
    'ledger:list': (input) => listLedger(store(), input),
    'ledger:verify': async () => {
      const verdict = await jobs.verifyLedger();
      // So that the screens can say when it was last found whole, and a sign-off what it is of.
      await session.gated(() => noteVerification(store().access.settings, clock, verdict));
      return verdict;
    },
    'ledger:signOff': {
      toSign: ({ signature, ...review }) => ({ decision: 'audit-sign-off', ...review }),
      decide: (context, { signature, ...review }, signed) => signOff(context, review, signed),
    },
  }),
  signs: { 'audit-sign-off': signOffWords },
});
