import { defineArea, type Ground } from '../ground/define-area.ts';
import type { SessionService, Vault } from '../session/index.ts';
import {
  addUser,
  breakGlass,
  changeRoles,
  endBreakGlass,
  endUser,
  linkCard,
  listUsers,
  resetPassword,
} from './user.service.ts';

export const usersArea = defineArea({
  name: 'users',
  handlers: ({
    at,
    store,
    toldOf,
    vault,
    session,
  }: Ground & { readonly vault: Vault; readonly session: SessionService }) => ({
    'users:list': () => listUsers(store(), vault, session.signedIn()?.userId ?? null),
    'users:add': (input) => addUser(at(), input, session),
    'users:resetPassword': (input) => resetPassword(at(), input, session),
    'users:changeRoles': (input) => changeRoles(at(), input),
    'users:end': (input) => toldOf(endUser(at(), input, session, vault)),
    'users:linkCard': (input) => toldOf(linkCard(at(), input, vault)),
    'users:breakGlass': (input) => toldOf(breakGlass(at(), input, vault)),
    'users:endBreakGlass': (input) => toldOf(endBreakGlass(at(), input)),
  }),
});
