import { type Answer, contract, type Input, type OperationName, type Output } from '../contract/contract.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { Role } from '../domain/access/roles.ts';
import { composeHandlers, wordsToSign } from '../services/areas.ts';
import type { CardService } from '../services/cards/card.service.ts';
import { DEFAULT_CARD_SETTINGS, writeCardSettings } from '../services/cards/card-settings.ts';
import { createDispatch, type DispatchOptions } from '../services/ground/dispatch.ts';
import type { StoredUser } from '../services/ground/ports.ts';
import { createWriteGate } from '../services/ground/write-gate.ts';
import type { SecurityService } from '../services/security/security.service.ts';
import { NO_CARD_YET } from '../services/session/new-store.ts';
import { toActor } from '../services/session/presence.ts';
import type { SessionService } from '../services/session/session.service.ts';
import type { Vault } from '../services/session/vault.ts';
import { createSigningService, type SigningOptions } from '../services/signing/signing.service.ts';
import { makeRealStore } from './real-store.ts';
import { addSmallTrust } from './small-trust.ts';

/** Two officers, because nobody may approve and key the same request. */
export const PEOPLE = {
  owner: ['owner', '90000001'],
  officer: ['officer', '90000002'],
  officer2: ['officer', '90000003'],
  teamlead: ['team-lead', '90000004'],
  guardian: ['caldicott', '90000005'],
  hradmin: ['hr-admin', '90000006'],
} as const satisfies Record<string, readonly [Role, string]>;
export type Person = keyof typeof PEOPLE;

export type Desk = ReturnType<typeof makeDesk>;

/**
 * The handlers and the dispatch over a real store. Every call is parsed in and out by the contract, as the registrar parses what
 * comes in; what goes out is parsed here alone, so that a handler that answers a field too many fails its test.
 */
export function makeDesk(name: string) {
  const real = makeRealStore(name);
  const { store, context } = real;
  const users = new Map<Person, StoredUser>();
  store.access.transaction(() => {
    for (const person of Object.keys(PEOPLE) as Person[]) {
      const [role, employeeNumber] = PEOPLE[person];
      const user: StoredUser = {
        id: `user-${person}`,
        username: person,
        displayName: `The ${person}`,
        employeeNumber,
        roles: [role],
        createdAt: context.clock.now(),
        lastSignInAt: null,
        endedAt: null,
        mustChangePassword: false,
        ...NO_CARD_YET,
      };
      store.access.users.insert(user);
      users.set(person, user);
    }
    addSmallTrust(real);
    writeCardSettings(store.access.settings, {
      ...DEFAULT_CARD_SETTINGS,
      signatures: { ...DEFAULT_CARD_SETTINGS.signatures, exception: 'none', 'audit-sign-off': 'none' },
    });
  });
  let signedIn: StoredUser | null = null;
  const passwords: string[] = [];
  let passwordsFail = false;
  const session = {
    requireSession: () => ({ store, user: signedIn }),
    signedIn: () => signedIn && toActor(signedIn),
    backupProblem: () => null,
    changed: async () => undefined,
    gated: async <T>(work: () => T): Promise<T> => work(),
    newId: context.ids.next,
    requireGoodPassword: () => undefined,
    addPassword: async (username: string) => {
      if (passwordsFail) throw new Error('no keychain');
      passwords.push(`+${username}`);
    },
    removePassword: async (username: string) => void passwords.push(`-${username}`),
  } as unknown as SessionService;
  const removed: string[] = [];
  const vault = {
    listBackups: () => [],
    hasPassword: async () => true,
    waysOf: async (people: readonly unknown[]) => people.map(() => ({ password: true, card: false })),
    removeCard: async (uuid: string) => void removed.push(uuid),
  } as unknown as Vault;
  const unused = () => {
    throw new Error('this test has no such port');
  };
  const noCards = {} as Omit<SigningOptions, 'sha256' | 'newId'>;
  const exceptions: unknown[] = [];
  const options: DispatchOptions = {
    handlers: composeHandlers({
      clock: context.clock,
      vault,
      session,
      newId: context.ids.next,
      // Signed decisions and cards have tests of their own, with real tokens; here no policy asks for either.
      cards: { getState: unused, enrol: unused, signIn: unused } as unknown as CardService,
      security: {} as SecurityService,
      signing: createSigningService({
        ...noCards,
        words: wordsToSign,
        sha256: context.sha256,
        newId: context.ids.next,
      }),
      sha256: context.sha256,
      imports: {
        offerFile: unused,
        inspectTable: unused,
        readDates: unused,
        preview: unused,
        apply: unused,
        restsOn: unused,
        undo: unused,
      },
      signInByCard: unused,
      jobs: { current: () => ({ job: null }), cancel: unused, verifyLedger: unused },
    }),
    signedIn: session.signedIn,
    gate: createWriteGate(),
    explain: () => null,
    onException: (error) => exceptions.push(error),
    onChanged: () => undefined,
  };
  const dispatch = createDispatch(options);
  const ask = async <N extends OperationName>(
    person: Person,
    operation: N,
    input: Input<N>,
  ): Promise<Answer<Output<N>>> => {
    signedIn = users.get(person) ?? null;
    const parsed = contract[operation].input.parse(input);
    const answer = await dispatch(operation, parsed, 'correlation');
    if (!answer.ok && answer.code === 'UNEXPECTED') throw exceptions.at(-1);
    if (answer.ok) contract[operation].output.parse(answer.data);
    return answer as Answer<Output<N>>;
  };
  return {
    ...real,
    passwords,
    removedCards: removed,
    failPasswords: () => {
      passwordsFail = true;
    },
    ask,
    /** The data of an answer that must be well. */
    call: async <N extends OperationName>(
      person: Person,
      operation: N,
      input: Input<N>,
    ): Promise<Output<N>> => {
      const answer = await ask(person, operation, input);
      if (!answer.ok) throw new Error(`${operation} was refused: ${answer.code} ${answer.message}`);
      return answer.data;
    },
    /** The code and sentence of an answer that must be a refusal. */
    refusal: async <N extends OperationName>(
      person: Person,
      operation: N,
      input: Input<N>,
    ): Promise<{ readonly code: ErrorCode; readonly message: string }> => {
      const answer = await ask(person, operation, input);
      if (answer.ok) throw new Error(`${operation} was not refused`);
      const { code, message } = answer;
      return { code, message };
    },
  };
}
