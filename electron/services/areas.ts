import type { DecisionToSign } from '../contract/signing.contract.ts';
import { accountsArea } from './accounts/accounts.area.ts';
import { cardsArea } from './cards/cards.area.ts';
import { draftsArea } from './drafts/drafts.area.ts';
import { findingsArea } from './findings/findings.area.ts';
import type { ActingContext } from './ground/context.ts';
import type { Area, AreaName, Ground, SignedWords } from './ground/define-area.ts';
import {
  type ActingSession,
  type BuiltArea,
  createGround,
  createHandlers,
  type Handlers,
} from './ground/handlers.ts';
import type { Clock, Sha256 } from './ground/ports.ts';
import { type HomeNeeds, homeArea } from './home/home.area.ts';
import { importsArea } from './imports/imports.area.ts';
import { jobsArea } from './jobs/jobs.area.ts';
import { ledgerArea } from './ledger/ledger.area.ts';
import { registerArea } from './register/register.area.ts';
import { requestsArea } from './requests/requests.area.ts';
import { securityArea } from './security/security.area.ts';
import { sessionArea } from './session/session.area.ts';
import { settingsArea } from './settings/settings.area.ts';
import { signingArea } from './signing/signing.area.ts';
import { type SigningService, signatureDetail } from './signing/signing.service.ts';
import { usersArea } from './users/users.area.ts';
import { viewsArea } from './views/views.area.ts';

/** The areas, a line each. */
export const areas = [
  homeArea,
  settingsArea,
  sessionArea,
  usersArea,
  draftsArea,
  cardsArea,
  securityArea,
  signingArea,
  requestsArea,
  viewsArea,
  findingsArea,
  importsArea,
  jobsArea,
  registerArea,
  accountsArea,
  ledgerArea,
] as const;

type Areas = (typeof areas)[number];
type Every<T> = (T extends unknown ? (part: T) => void : never) extends (part: infer I) => void ? I : never;
type NeedsOf<A> = A extends { readonly handlers: (desk: infer D) => unknown } ? Omit<D, keyof Ground> : never;

/** What the areas need between them; the composition root has it all. */
export type AreaParts = Omit<Every<NeedsOf<Areas>>, keyof HomeNeeds> & {
  readonly clock: Clock;
  readonly session: ActingSession;
  readonly signing: SigningService;
  readonly sha256: Sha256;
};

/** The compiler's word that every area of the contract stands in the list: an area that does not is named in the error. */
const missing: Exclude<AreaName, Areas['name']> extends never ? true : Exclude<AreaName, Areas['name']> =
  true;
void missing;

/** The handlers of all areas. Throws where their lines and the contract do not fit. */
export function composeHandlers(parts: AreaParts): Handlers {
  const { session, signing, sha256 } = parts;
  const ground = createGround(parts);
  const desk = { ...parts, ...ground, waiting };
  const built = areas.map(
    ({ name, handlers }): BuiltArea => ({ name, handlers: handlers(desk) }) as BuiltArea,
  );
  return createHandlers(built, ground, session, async (context, toSign, given) => {
    const made = await signing.sign(context, toSign, given);
    return made === null ? null : { ...made, detail: signatureDetail(made.signature, sha256) };
  });
}

/** What waits in every area, in the order of the list. */
const waiting: HomeNeeds['waiting'] = (context) =>
  (areas as readonly Pick<Area<AreaName, unknown>, 'waiting'>[]).flatMap(
    (area) => area.waiting?.(context) ?? [],
  );

/** The exact words that a decision signs, by the area whose decision it is. */
export function wordsToSign(context: ActingContext, toSign: DecisionToSign): string {
  for (const { signs = {} } of areas as readonly { readonly signs?: SignedWords }[]) {
    const words = signs[toSign.decision] as
      | ((context: ActingContext, toSign: DecisionToSign) => string)
      | undefined;
    if (words !== undefined) return words(context, toSign);
  }
  throw new Error(`no area signs ${toSign.decision}`);
}
