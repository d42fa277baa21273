import type { Input, Output } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import type { StoredUser } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { notFound, ServiceError } from '../ground/service-error.ts';
import type { WriteGate } from '../ground/write-gate.ts';
import {
  type CardEnrolment,
  type CardKey,
  type NewCardWrap,
  type Presence,
  refusal,
  toActor,
  type Vault,
} from '../session/index.ts';
import { type CardProof, createCardProof, type ProofOptions, type UsableCard } from './card-proof.ts';
import { type CardReadingOptions, createCardReading } from './card-reading.ts';
import { refuseCard } from './card-words.ts';

export interface CardServiceOptions extends CardReadingOptions, ProofOptions {
  readonly presence: Presence;
  readonly gate: WriteGate;
}

export type CardService = ReturnType<typeof createCardService>;

/** Signing in by card, and binding the store to one. The card is asked outside the gate: a reader may take its time, a lock may not. */
export function createCardService(options: CardServiceOptions) {
  const { vault, presence } = options;
  const reading = createCardReading(options);
  const proof = createCardProof(options);
  const alone = oneAtATime();

  /** Signs what the store asks of this card; throws why it cannot. */
  const openBy = async (card: UsableCard, pin: string): Promise<Uint8Array | null> => {
    const { key } = card;
    const challenge = await vault.cardChallenge(key);
    if (challenge === null) throw notEnrolled(await vault.cardEnrolment(key));
    const { wrapMessage } = challenge;
    const [signature] = await proof.answer(card, pin, wrapMessage === null ? [] : [wrapMessage]);
    return wrapMessage === null ? null : (signature ?? null);
  };

  const enter = async (card: UsableCard, signature: Uint8Array | null): Promise<SessionState> =>
    presence.alone(async () => {
      const result = await vault.unlockByCard({ ...card.key, signature });
      if (!result.ok)
        throw refusal(result, 'The card’s answer does not open the store. Ask an owner to enrol it again.');
      const found = result.store.access.users.byCard(card.key.uuid);
      if (found === null || found.endedAt !== null) {
        vault.close();
        throw refuseCard('no-account', 'No account belongs to this card any more. Ask a system owner.');
      }
      return presence.enter(result.store, found, { way: 'card', readerId: card.token.readerId });
    });

  return {
    reading,
    proof,
    getState: reading.state,

    signIn: ({ readerId, pin }: Input<'session:signInByCard'>): Promise<SessionState> =>
      alone(async () => {
        let uuid = '';
        let card: UsableCard;
        let signature: Uint8Array | null;
        try {
          const read = await reading.read(readerId);
          uuid = read?.judged.uuid ?? '';
          card = await proof.usable(read);
          signature = await openBy(card, pin);
        } catch (error) {
          // The store is closed: the refusal waits for the next sign-in, as a wrong password does.
          if (error instanceof ServiceError && error.code === 'CARD_REFUSED') {
            await vault.queueRefusal({ username: uuid, reason: reasonOf(error), way: 'card' });
          }
          throw error;
        }
        return enter(card, signature);
      }),

    enrol: (input: Input<'cards:enrol'>): Promise<Output<'cards:enrol'>> =>
      alone(async () => {
        const { user, store } = presence.requireSession();
        const target = store.access.users.get(input.userId);
        if (target === null || target.endedAt !== null) throw notFound('This account');
        requireLinked(target);
        const card = await proof.usable(await reading.read(input.readerId));
        const { key } = card;
        if (key.uuid !== target.cardUuid) {
          throw refuseCard(
            'wrong-uuid',
            'This is not the card that is linked to the account: its number is another. Put the right card in, or have its number mended under Users.',
          );
        }
        requireSecondPerson(user, target, await vault.cardEnrolment(key));
        const wrap = await signWrap(
          proof,
          vault,
          card,
          input.pin,
          (await options.certificates()).keyKind(card.certificate.der),
        );
        return options.gate.hold(() => keep(options, user, target, { ...key, ...wrap }));
      }),

    /** Called whenever the readers changed: locks the session of who has taken their card out, where the policy says so. */
    locksBecause: (): boolean => {
      const readerId = presence.cardReader();
      if (readerId === null || !reading.removalLocks()) return false;
      return !options.cards.now().readers.some(({ token }) => token?.readerId === readerId);
    },
  };
}

/** One card operation at a time: a driver serves one, and a second click is a mistake. */
function oneAtATime() {
  let busy = false;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy) throw new ServiceError('BUSY', 'The card is being asked already. Wait for its answer.');
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
}

const reasonOf = ({ details }: ServiceError): string =>
  typeof details?.reason === 'string' ? details.reason : 'refused';

function notEnrolled(enrolment: CardEnrolment): ServiceError {
  return enrolment === 'renewed'
    ? refuseCard(
        'renewed',
        'The certificate on this card was renewed, so it does not open the store yet. Have it enrolled again: a system owner signs in and does it with you.',
      )
    : refuseCard(
        'not-enrolled',
        'This card is not enrolled on this PC. Sign in by password and enrol it, or have a system owner do it with you.',
      );
}

function requireLinked({ cardUuid }: StoredUser): void {
  if (cardUuid !== null) return;
  throw new ServiceError(
    'REFUSED',
    'No card is linked to this account yet. A system owner links its number under Users.',
  );
}

function requireSecondPerson(actor: StoredUser, target: StoredUser, enrolment: CardEnrolment): void {
  if (actor.id !== target.id) {
    if (actor.roles.includes('owner')) return;
    throw new ServiceError(
      'REFUSED',
      'Only a system owner enrols somebody else’s card. Ask one to do it with you.',
    );
  }
  if (enrolment === 'none') return;
  throw new ServiceError(
    'REFUSED',
    'Your card was enrolled before, so a second person must stand by. Ask another system owner to enrol it with you.',
  );
}

type Wrap =
  | Omit<Extract<NewCardWrap, { binding: 'signature' }>, keyof CardKey>
  | Omit<Extract<NewCardWrap, { binding: 'device' }>, keyof CardKey>;

/** Asks for the same signature twice: only a card that gives the same one each time can be a key. */
async function signWrap(
  proof: CardProof,
  vault: Vault,
  card: UsableCard,
  pin: string,
  kind: 'rsa' | 'other',
): Promise<Wrap> {
  const { salt, message } = vault.newCardWrap();
  if (kind === 'other') {
    await proof.answer(card, pin, []);
    return { salt, binding: 'device', signature: null };
  }
  const [first, second] = await proof.answer(card, pin, [message, message]);
  const same = first !== undefined && second !== undefined && first.every((byte, i) => byte === second[i]);
  second?.fill(0);
  return same
    ? { salt, binding: 'signature', signature: first }
    : { salt, binding: 'device', signature: null };
}

/** The event comes first: whoever stops the program between the two must not have let a card in unrecorded. */
async function keep(
  { clock, vault, presence }: CardServiceOptions,
  asked: StoredUser,
  target: StoredUser,
  wrap: NewCardWrap,
): Promise<Output<'cards:enrol'>> {
  const { user, store } = presence.requireSession();
  const now = store.access.users.get(target.id);
  if (user.id !== asked.id || now === null || now.cardUuid !== wrap.uuid) {
    throw new ServiceError(
      'REFUSED',
      'The session or the account changed meanwhile. Nothing was enrolled; try again.',
    );
  }
  const say = (outcome: 'done' | 'refused', sentence: string) =>
    store.access.transaction(() =>
      record(store.access.ledger, clock, toActor(user), {
        operation: 'cards.enrol',
        subject: { kind: 'user', id: target.id },
        outcome,
        sentence,
        detail: { binding: wrap.binding },
        personal: { uuid: wrap.uuid },
      }),
    );
  say('done', 'Enrolled a card on this PC');
  try {
    await vault.enrolCard(wrap);
  } catch (error) {
    say('refused', 'The enrolment could not be kept, so the card opens nothing');
    throw error;
  }
  return { done: true };
}
