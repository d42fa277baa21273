import type { CardService } from '../cards/card.service.ts';
import { defineArea, type Ground } from '../ground/define-area.ts';
import type { SessionService } from './session.service.ts';

export const sessionArea = defineArea({
  name: 'session',
  handlers: ({
    session,
    cards,
  }: Ground & { readonly session: SessionService; readonly cards: CardService }) => ({
    'session:getState': () => session.state(),
    'session:selectStore': (input) => session.selectStore(input),
    'session:judgePassword': (input) => session.judgePassword(input),
    'session:proposeRecoveryPhrase': () => session.proposeRecoveryPhrase(),
    'session:createTrustStore': (input) => session.createTrustStore(input),
    'session:openTraining': () => session.openTraining(),
    'session:signIn': (input) => session.signIn(input),
    'session:signInByCard': (input) => cards.signIn(input),
    'session:signOut': () => session.leave(null),
    'session:lock': ({ because }) => session.leave(because),
    'session:changePassword': (input) => session.changePassword(input),
    'session:recover': (input) => session.recover(input),
    'session:listBackups': () => session.listBackups(),
    'session:restoreBackup': (input) => session.restoreBackup(input),
  }),
});
