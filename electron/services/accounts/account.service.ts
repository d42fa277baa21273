import type { AccountRow } from '../../contract/accounts.contract.ts';
import type { Input, Output } from '../../contract/contract.ts';
import { londonDate, showDate } from '../../domain/dates.ts';
import {
  type LikelyPerson,
  namesInUsername,
  proposeHolder,
  type StatedPerson,
} from '../../domain/people/account-proposal.ts';
import {
  comparePeople,
  esrKey,
  type PersonAnswer,
  personIdOf,
  plainUsername,
} from '../../domain/people/person-key.ts';
import { userNames } from '../ground/account-names.ts';
import type { ActingContext } from '../ground/context.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { ConfirmedAccount } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { notFound, ServiceError } from '../ground/service-error.ts';
import type { WhoIsWho } from '../ground/who-is-who.ts';

type Store = Pick<OpenStore, 'access'>;

/** Proposals are worked out for the rows that are shown, and only for those. */
export function listAccounts(store: OpenStore, input: Input<'accounts:list'>): Output<'accounts:list'> {
  const { accounts, who } = store.access;
  const { state, text, ...slice } = input;
  const plain = plainUsername(text);
  if (state === 'to-confirm') {
    const { total, rows } = accounts.listToConfirm(plain, slice);
    return {
      total,
      rows: rows.map(({ username, holdings }) => ({
        username,
        holdings,
        proposal: proposalFor(store, username),
        confirmed: null,
      })),
    };
  }
  const nameOf = userNames(store);
  const { total, rows } = accounts.listConfirmed(plain, slice);
  return {
    total,
    rows: rows.map((row) => ({
      username: row.username,
      holdings: row.holdings,
      proposal: proposalFor(store, row.username),
      confirmed: { ...holderOf(who, row), by: nameOf(row.confirmedBy), at: row.confirmedAt },
    })),
  };
}

export function countAccounts({ access }: Store): Output<'accounts:count'> {
  const none = { offset: 0, limit: 1 };
  return {
    toConfirm: access.accounts.listToConfirm('', none).total,
    stated: stated(access.who, access.accounts.waiting()).length,
    confirmed: access.accounts.listConfirmed('', none).total,
  };
}

/** As the register names them now; whoever it states no longer, by the number they were confirmed under. */
function holderOf(
  who: WhoIsWho,
  { personId, employeeNumber }: ConfirmedAccount,
): LikelyPerson | typeof NOBODYS {
  if (personId === null) return NOBODYS;
  const number = employeeNumber ?? '';
  return (
    who.presentOf(canonicalKey(who, personId, number)) ?? {
      employeeNumber: number,
      name: `employee ${number}`,
    }
  );
}

const NOBODYS = { employeeNumber: null, name: null } as const;

/** A record may have been joined to another since. */
function canonicalKey(who: WhoIsWho, personId: string, employeeNumber: string) {
  const person = who.personOf(employeeNumber);
  return person.kind === 'person' ? person.key : esrKey(personId);
}

function proposalFor({ access }: Store, username: string): AccountRow['proposal'] {
  const { accounts, who } = access;
  const statements = accounts.statedFor(username);
  const takenAt = statements[0]?.takenAt ?? null;
  const stated = onceEach(
    who,
    statements.map(({ employeeNumber }) => employeeNumber),
  );
  const fitting =
    stated.length > 0
      ? []
      : onceEach(
          who,
          namesInUsername(username)
            .flatMap(({ initial, last }) => accounts.peopleLike(initial, last))
            .map(({ employeeNumber }) => employeeNumber),
        ).flatMap(({ employeeNumber, name }) => (name === null ? [] : [{ employeeNumber, name }]));
  const { person, ...proposed } = proposeHolder({
    stated,
    statedOn: takenAt === null ? null : showDate(londonDate(takenAt)),
    fitting,
  });
  return { employeeNumber: person?.employeeNumber ?? null, name: person?.name ?? null, ...proposed };
}

/** The people behind numbers: two numbers of one person are one. */
function onceEach(who: WhoIsWho, numbers: readonly string[]): readonly StatedPerson[] {
  const found = new Map<string, StatedPerson>();
  for (const number of numbers) {
    const person = who.personOf(number);
    if (person.kind === 'unknown' || found.has(person.key)) continue;
    // Whoever the register states no more was somebody; a number that it never had is nobody's here.
    const name = personIdOf(person.key) === null ? null : `employee ${number}`;
    found.set(person.key, who.presentOf(person.key) ?? { employeeNumber: number, name });
  }
  return [...found.values()];
}

/** From so many on, reading every number at once is quicker than looking each up. */
const MANY = 5_000;

/** Accounts that exports named one person with, whom the register knows. */
function stated(
  who: WhoIsWho,
  waiting: readonly { readonly username: string; readonly employeeNumbers: readonly string[] }[],
) {
  if (waiting.length === 0) return [];
  const reader = waiting.length > MANY ? who.inBulk() : who;
  return waiting.flatMap(({ username, employeeNumbers }) => {
    const people = employeeNumbers.map((number) => reader.personOf(number));
    const [first] = people;
    const one =
      first?.kind === 'person' &&
      people.every((person) => person.kind === 'person' && person.key === first.key);
    return one && personIdOf(first.key) !== null ? [{ username, person: first }] : [];
  });
}

export function confirmAccount(
  { store, clock, actor }: ActingContext,
  { username, employeeNumber }: Input<'accounts:confirm'>,
): Output<'accounts:confirm'> {
  const { access } = store;
  const account = plainUsername(username);
  return access.transaction(() => {
    const known = access.accounts.confirmed(account);
    if (known === null && access.accounts.listToConfirm(account, { offset: 0, limit: 1 }).total === 0) {
      throw notFound('This account');
    }
    const own = requireOwnPerson(access.who, actor);
    for (const { employeeNumber: number } of access.accounts.statedFor(account)) {
      const named = access.who.personOf(number);
      if (named.kind === 'person') refuseOwn(named, own);
    }
    const person = employeeNumber === null ? null : access.who.personOf(employeeNumber);
    const personId = person?.kind === 'person' ? personIdOf(person.key) : null;
    if (person !== null && personId === null) {
      throw new ServiceError(
        'REFUSED',
        'Nobody in the register has this number. Check it, or import a newer GO file.',
      );
    }
    if (person !== null) refuseOwn(person, own);
    access.accounts.confirm({
      username: account,
      personId,
      employeeNumber,
      confirmedAt: clock.now(),
      confirmedBy: actor.userId,
    });
    record(access.ledger, clock, actor, {
      operation: 'accounts.confirm',
      sentence:
        person === null ? 'Confirmed an ESR account as nobody’s' : 'Confirmed whose an ESR account is',
      personal: { username: account, employeeNumber, personId, before: known?.personId ?? null },
    });
    return { done: true } as const;
  });
}

/** Whose access an account carries decides what is proved about a person: nobody says it of themselves. */
function refuseOwn(holder: PersonAnswer, own: PersonAnswer): void {
  if (comparePeople(holder, own) === 'different') return;
  throw new ServiceError(
    'REFUSED',
    'This is, or may be, your own ESR account. Ask a colleague to confirm it.',
  );
}

/** Whoever signed in must be somebody, or nobody could tell that an account is not theirs. */
function requireOwnPerson(who: WhoIsWho, actor: ActingContext['actor']): PersonAnswer {
  const own = who.personOfStep(actor);
  if (own.kind === 'person') return own;
  throw new ServiceError(
    'REFUSED',
    `Nobody can tell that an account is not your own. ${own.why} Ask the system owner to mend the employee number of your account, or ask a colleague.`,
  );
}

export function confirmStated({ store, clock, actor }: ActingContext): Output<'accounts:confirmStated'> {
  const { access } = store;
  return access.transaction(() => {
    const own = requireOwnPerson(access.who, actor);
    const others = stated(access.who, access.accounts.waiting()).filter(
      ({ person }) => comparePeople(person, own) === 'different',
    );
    for (const { username, person } of others) {
      access.accounts.confirm({
        username,
        personId: personIdOf(person.key),
        employeeNumber: access.who.presentOf(person.key)?.employeeNumber ?? null,
        confirmedAt: clock.now(),
        confirmedBy: actor.userId,
      });
    }
    if (others.length === 0) {
      throw new ServiceError(
        'REFUSED',
        'ESR’s exports named nobody with any account that waits. Choose each by hand.',
      );
    }
    record(access.ledger, clock, actor, {
      operation: 'accounts.confirmStated',
      sentence: `Confirmed ${others.length} ESR accounts, each of whom ESR’s own exports named`,
      detail: { accounts: others.length },
    });
    return { confirmed: others.length };
  });
}

export function undoAccount(
  { store, clock, actor }: ActingContext,
  { username, reason }: Input<'accounts:undo'>,
): Output<'accounts:undo'> {
  const { access } = store;
  const account = plainUsername(username);
  return access.transaction(() => {
    const known = access.accounts.confirmed(account);
    if (known === null || !access.accounts.undo(account)) throw notFound('This confirmation');
    record(access.ledger, clock, actor, {
      operation: 'accounts.undo',
      sentence: 'Took back whose an ESR account is',
      personal: { username: account, reason, before: known.personId },
    });
    return { done: true } as const;
  });
}
