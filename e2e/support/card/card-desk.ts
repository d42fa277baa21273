import { chownSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as forms from '../../../electron/adapters/certificates/testing/asn1-forms.ts';
import {
  makeTestCa,
  makeTestKey,
  selfSigned,
  serialOf,
  type TestCa,
  type TestKeyType,
  type TestKeyUsage,
} from '../../../electron/adapters/certificates/testing/test-ca.ts';
import type { CardInReader } from '../../../electron/contract/cards.contract.ts';
import type { Answer, Input, OperationName, Output } from '../../../electron/contract/contract.ts';
import type { CardSettings } from '../../../electron/contract/security.contract.ts';
import { type Desk, type DeskOptions, newHome } from '../launch-desk.ts';
import { openPrepared } from '../prepared-homes.ts';
import type { RunFacts } from '../run.ts';
import { type Pcsc, startPcsc } from './pcsc.ts';
import { makeVirtualCard, type Slot, type VirtualCard } from './virtual-card.ts';
import '../../shell/window-api.ts';

/** Numbers of the cards that the training store's people are given; NHS numbers them with twelve digits. */
export const CARD_OF = {
  owner: '300100000001',
  officer: '300100000002',
  officer2: '300100000003',
  teamlead: '300100000005',
} as const;
export type Account = keyof typeof CARD_OF;
/** Of every card that is made without another one. */
export const PIN = '48151623';
export const wrongPin = (count = 1): string => String(99_999_999 - count);

export interface CardWishes {
  readonly uuid?: string;
  /** Instead of `O=nhs,OU=People,CN=<uuid>`: pairs of type and text, as they are. */
  readonly subject?: readonly (readonly [string, string])[];
  /** `ours`: the authority that the desk trusts. `another`: one of the same name that it does not. `itself`: self-signed. */
  readonly issuer?: 'ours' | 'another' | 'itself';
  /** Days from now. */
  readonly fromDay?: number;
  readonly untilDay?: number;
  readonly keyType?: TestKeyType;
  readonly keyUsage?: TestKeyUsage;
  readonly pin?: string;
  readonly tries?: number;
}

export interface PersonsCard extends VirtualCard {
  readonly der: Uint8Array;
  readonly pin: string;
}

/** A desk with a card reader: real pcscd, OpenSC's module, an authority of its own, and cards to put in. */
export interface CardDesk extends Desk {
  readonly pcsc: Pcsc;
  readonly ca: TestCa;
  readonly makeCard: (wishes?: CardWishes) => PersonsCard;
  /** An operation of `window.api`, in the page. */
  readonly ask: <N extends OperationName>(name: N, input: Input<N>) => Promise<Answer<Output<N>>>;
  /** The same, where anything but success is the end of the test. */
  readonly must: <N extends OperationName>(name: N, input: Input<N>) => Promise<Output<N>>;
  /** By password, in the training store; who is signed in signs out first. */
  readonly signInAs: (account: Account) => Promise<void>;
  /** What the owner sets up: module, authority, subject rule, list of revoked certificates; changed where the test says so. */
  readonly setUpCards: (change?: Partial<CardSettings>) => Promise<void>;
  /** The owner says whose the card is. */
  readonly link: (account: Account) => Promise<void>;
  /** The account's first sign-in by password with the card in the slot, to bind it to this PC. */
  readonly enrol: (account: Account, card: PersonsCard, slot?: Slot) => Promise<void>;
  /** Waits until the program shows a card in this slot that is not the one named `except`. */
  readonly cardIn: (slot?: Slot, except?: string) => Promise<CardInReader>;
  /** Waits until the program shows this slot empty. */
  readonly untilEmpty: (slot?: Slot) => Promise<void>;
  readonly idOf: (account: Account) => Promise<string>;
  /** Writes the list of revoked certificates anew, with these on it. */
  readonly revoke: (...certificates: readonly Uint8Array[]) => void;
  readonly revocationFile: string;
}

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
const PATIENCE_MS = 60_000;

function issueCard(
  ca: TestCa,
  another: TestCa,
  wishes: CardWishes,
): { readonly der: Uint8Array; readonly key: Parameters<typeof makeVirtualCard>[0]['key'] } {
  const { uuid = CARD_OF.officer, issuer = 'ours', fromDay = -1, untilDay = 700 } = wishes;
  const subject = wishes.subject
    ? forms.nameOf(...wishes.subject.map(([type, text]) => [type, text] as [string, string]))
    : `O=nhs,OU=People,CN=${uuid}`;
  const about = {
    subject,
    keyUsage: wishes.keyUsage ?? 'authentication',
    notBefore: inDays(fromDay),
    notAfter: inDays(untilDay),
  } as const;
  if (issuer === 'itself') {
    const { der, privateKey } = selfSigned({ ...about, now: new Date().toISOString() });
    return { der, key: privateKey };
  }
  const { spki, privateKey } = makeTestKey(wishes.keyType ?? 'rsa');
  const der = (issuer === 'ours' ? ca : another).issue({ ...about, publicKeySpkiDer: spki });
  return { der, key: privateKey };
}

/** Opens the training store in a window that sees a reader with two slots. */
export async function openCardDesk(options: Omit<DeskOptions, 'userData'> = {}): Promise<CardDesk> {
  const run = options.run ?? (JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts);
  const runAs = run.runAs ?? undefined;
  const folder = newHome(run);
  const pcsc = await startPcsc(folder, runAs);
  try {
    const desk = await openPrepared('training', { ...options, run, env: { ...pcsc.env, ...options.env } });
    return await furnish(desk, pcsc, folder, run);
  } catch (error) {
    await pcsc.stop();
    throw error;
  }
}

async function furnish(desk: Desk, pcsc: Pcsc, folder: string, run: RunFacts): Promise<CardDesk> {
  const now = new Date().toISOString();
  const ca = makeTestCa({ now, intermediate: true });
  const another = makeTestCa({ now, intermediate: true });
  const made: VirtualCard[] = [];
  const revocationFile = path.join(folder, 'revoked.crl');
  const rootListFile = path.join(folder, 'root.crl');
  const ids = new Map<string, string>();

  const ask: CardDesk['ask'] = (name, input) =>
    desk.page.evaluate(
      async ([operation, given]) => {
        const [area = '', verb = ''] = operation.split(':');
        const api = window.api as unknown as Record<
          string,
          Record<string, (input: unknown) => Promise<never>>
        >;
        const call = api[area]?.[verb];
        if (!call) throw new Error(`The page has no ${operation}.`);
        return call(given);
      },
      [name, input] as const,
    );
  const must: CardDesk['must'] = async (name, input) => {
    const answer = await ask(name, input);
    if (!answer.ok) throw new Error(`${name} answered ${answer.code}: ${answer.message}`);
    return answer.data;
  };

  const write = (file: string, bytes: Uint8Array): void => {
    writeFileSync(file, bytes, { mode: 0o600 });
    if (run.runAs) chownSync(file, run.runAs.uid, run.runAs.gid);
  };
  const revoke = (...certificates: readonly Uint8Array[]): void => {
    for (const der of certificates) ca.revoke(serialOf(der));
    write(revocationFile, ca.crl({ thisUpdate: inDays(-0.01), nextUpdate: inDays(7) }));
  };
  revoke();
  write(rootListFile, ca.rootCrl({ thisUpdate: inDays(-0.01), nextUpdate: inDays(7) }));

  /** Looks every 50 ms at what the screens would show. */
  const wait = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(50)) {
      const found = await look();
      if (found !== undefined) return found;
    }
    const state = JSON.stringify(await ask('cards:getState', {}));
    throw new Error(`${what} within ${PATIENCE_MS} ms. ${state}`);
  };
  const slotNow = async (slot: Slot) =>
    (await must('cards:getState', {})).readers.find(({ name }) => name === slot.name);
  const cardIn: CardDesk['cardIn'] = (slot = pcsc.slots[0], except) =>
    wait(`${slot.name} shows no card`, async () => {
      const card = (await slotNow(slot))?.card ?? undefined;
      return card?.readerId === except ? undefined : card;
    });
  const untilEmpty: CardDesk['untilEmpty'] = (slot = pcsc.slots[0]) =>
    wait(`${slot.name} is not empty`, async () => ((await slotNow(slot))?.card ? undefined : true)).then(
      () => undefined,
    );

  const signInAs: CardDesk['signInAs'] = async (account) => {
    if ((await must('session:getState', {})).user !== null) await must('session:signOut', {});
    await must('session:signIn', { username: account, password: `practice-as-${account}` });
  };
  const idOf: CardDesk['idOf'] = async (account) => {
    const id = ids.get(account);
    if (id === undefined) throw new Error(`${account} is no account of the training store.`);
    return id;
  };

  await signInAs('owner');
  for (const { username, id } of (await must('users:list', {})).users) ids.set(username, id);

  return {
    ...desk,
    pcsc,
    ca,
    ask,
    must,
    signInAs,
    cardIn,
    untilEmpty,
    idOf,
    revoke,
    revocationFile,
    makeCard: (wishes = {}) => {
      const { der, key } = issueCard(ca, another, wishes);
      const { pin = PIN, tries = 3 } = wishes;
      const card = makeVirtualCard({ key, certificateDer: der, pin, tries });
      made.push(card);
      return { ...card, der, pin };
    },
    setUpCards: async (change = {}) => {
      await signInAs('owner');
      const { settings } = await must('security:getCardSettings', {});
      await must('security:changeCardSettings', {
        ...settings,
        modulePaths: [pcsc.module],
        trustAnchors: ca.chainPem,
        revocationLists: [revocationFile, rootListFile],
        ...change,
      });
    },
    link: async (account) => {
      await signInAs('owner');
      await must('users:linkCard', { id: await idOf(account), uuid: CARD_OF[account] });
    },
    enrol: async (account, card, slot = pcsc.slots[0]) => {
      await signInAs(account);
      if (!card.isInserted()) await card.insert(slot);
      const { readerId } = await cardIn(slot);
      await must('cards:enrol', { userId: await idOf(account), readerId, pin: card.pin });
    },
    close: async (how) => {
      for (const card of made) {
        card.onApdu(null);
        await card.remove();
      }
      await desk.close(how);
      await pcsc.stop();
    },
  };
}
