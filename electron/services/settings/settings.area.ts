import { defineArea, type Ground } from '../ground/define-area.ts';
import type { SessionService, Vault } from '../session/index.ts';
import { changeSettings, getSettings } from './settings.service.ts';

export const settingsArea = defineArea({
  name: 'settings',
  handlers: ({
    at,
    store,
    toldOf,
    vault,
    session,
  }: Ground & { readonly vault: Vault; readonly session: SessionService }) => ({
    'settings:get': () => getSettings(store(), vault, session.backupProblem()),
    'settings:change': (input) => toldOf(changeSettings(at(), input)),
    'settings:backUpNow': () => session.backUpNow(),
  }),
});
