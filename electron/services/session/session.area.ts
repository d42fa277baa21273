import type { Input } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import { defineArea, type Ground } from '../ground/define-area.ts';
import type { SessionService } from './session.service.ts';

export interface SessionNeeds {
  readonly session: SessionService;
  /** Cards prove themselves elsewhere. */
  readonly signInByCard: (input: Input<'session:signInByCard'>) => Promise<SessionState>;
}

export const sessionArea = defineArea({
  name: 'session',
  handlers: ({ session, signInByCard }: Ground & SessionNeeds) => ({
    'session:getState': () => session.state(),
    'session:selectStore': (input) => session.selectStore(input),
    'session:judgePassword': (input) => session.judgePassword(input),
    'session:proposeRecoveryPhrase': () => session.proposeRecoveryPhrase(),
    'session:createTrustStore': (input) => session.createTrustStore(input),
    'session:openTraining': () => session.openTraining(),
    'session:signIn': (input) => session.signIn(input),
    'session:signInByCard': (input) => signInByCard(input),
    'session:signOut': () => session.leave(null),
    'session:lock': ({ because }) => session.leave(because),
    'session:changePassword': (input) => session.changePassword(input),
    'session:recover': (input) => session.recover(input),
    'session:listBackups': () => session.listBackups(),
    'session:restoreBackup': (input) => session.restoreBackup(input),
  }),
});
