/** What other areas see of this one. */
export { isGlassBroken, markDevice } from './device.ts';
export { NO_CARD_YET } from './new-store.ts';
export { refusal } from './passwords.ts';
export { type Presence, toActor } from './presence.ts';
export type { SessionService } from './session.service.ts';
export type { CardEnrolment, CardKey, CardSettingsBeside, NewCardWrap, Vault, WaysIn } from './vault.ts';
