import type { Input, Output } from '../../contract/contract.ts';
import { roleConflicts, roleWarnings } from '../../domain/access/role-conflicts.ts';
import type { Role } from '../../domain/access/roles.ts';
import { personIdOf, surelySame } from '../../domain/people/person-key.ts';
import type { ActingContext } from '../ground/context.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { StoredUser } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { notFound, ServiceError } from '../ground/service-error.ts';
import type { AccountNames } from '../ground/who-is-who.ts';
import { isGlassBroken, NO_CARD_YET, type Vault } from '../session/index.ts';

export async function listUsers(
  { access }: OpenStore,
  vault: Pick<Vault, 'waysOf'>,
  signedIn: string | null,
): Promise<Output<'users:list'>> {
  const all = access.users.list();
  const ways = await vault.waysOf(all);
  const users = all.map(({ mustChangePassword: _, cardUuid, ...user }, i) => ({
    ...user,
    roles: [...user.roles],
    card: cardUuid === null ? null : { uuid: cardUuid, enrolled: ways[i]?.card ?? false },
    hasPassword: ways[i]?.password ?? false,
    signedIn: user.id === signedIn,
  }));
  return { users, warnings: [...roleWarnings(all.filter(({ endedAt }) => endedAt === null))] };
}

interface Passwords {
  readonly requireGoodPassword: (password: string, username: string, trustName: string) => Promise<void>;
  readonly addPassword: (username: string, password: string) => Promise<void>;
  readonly removePassword: (username: string) => Promise<void>;
  readonly newId: () => string;
}

export async function addUser(
  { store, clock, actor }: ActingContext,
  { username, displayName, employeeNumber, roles, firstPassword }: Input<'users:add'>,
  passwords: Passwords,
): Promise<Output<'users:add'>> {
  const { access, description } = store;
  const name = username.toLowerCase();
  if (access.users.byUsername(name) !== null) {
    throw new ServiceError('REFUSED', 'There is an account of this name already. Choose another username.');
  }
  const same = accountsOf(store, { employeeNumber, cardUuid: null });
  if (same.some((u) => u.endedAt === null)) {
    throw new ServiceError(
      'REFUSED',
      'An account of this person is here already, under this or another employee number. One person has one account.',
    );
  }
  refuseConflicts(roles);
  await passwords.requireGoodPassword(firstPassword, name, description.trustName);
  const id = passwords.newId();
  // The way in comes first: a crash between the two leaves a wrap without an account, which opens nothing.
  await passwords.addPassword(name, firstPassword);
  access.transaction(() => {
    access.users.insert({
      id,
      username: name,
      displayName,
      employeeNumber,
      roles: [...new Set(roles)],
      createdAt: clock.now(),
      lastSignInAt: null,
      endedAt: null,
      mustChangePassword: true,
      ...NO_CARD_YET,
    });
    record(access.ledger, clock, actor, {
      operation: 'users.add',
      subject: { kind: 'user', id },
      sentence: `Added an account (${roles.join(', ')})`,
      detail: { roles },
      personal: { username: name, displayName, employeeNumber },
    });
  });
  return { id };
}

export async function resetPassword(
  { store, clock, actor }: ActingContext,
  { id, firstPassword }: Input<'users:resetPassword'>,
  passwords: Passwords,
): Promise<Output<'users:resetPassword'>> {
  const { access, description } = store;
  const user = presentUser(store, id);
  if (user.id === actor.userId) {
    throw new ServiceError(
      'REFUSED',
      'This is your own account. Use “Change password” in the menu under your name.',
    );
  }
  await passwords.requireGoodPassword(firstPassword, user.username, description.trustName);
  const say = (outcome: 'done' | 'refused', sentence: string) =>
    record(access.ledger, clock, actor, {
      operation: 'users.resetPassword',
      subject: { kind: 'user', id },
      outcome,
      sentence,
    });
  // The event comes first: whoever stops the program between the two must not have let themselves in unrecorded.
  access.transaction(() => {
    access.users.update({ ...user, mustChangePassword: true });
    say('done', 'Set a new first password for an account');
  });
  try {
    await passwords.addPassword(user.username, firstPassword);
  } catch (error) {
    access.transaction(() => say('refused', 'The new first password could not be kept, so it opens nothing'));
    throw error;
  }
  return { done: true };
}

export async function endUser(
  { store, clock, actor }: ActingContext,
  { id, reason }: Input<'users:end'>,
  passwords: Passwords,
  { removeCard }: Pick<Cards, 'removeCard'>,
): Promise<Output<'users:end'>> {
  const { access } = store;
  const user = access.users.get(id);
  if (user === null) throw notFound('This account');
  if (user.endedAt !== null) throw new ServiceError('REFUSED', 'This account has ended already.');
  if (user.id === actor.userId)
    throw new ServiceError('REFUSED', 'You cannot end your own account. Ask another owner.');
  if (user.roles.includes('owner') && owners(store).length === 1) {
    throw new ServiceError('REFUSED', 'This is the last owner. Add another owner first.');
  }
  access.transaction(() => {
    access.users.update({ ...user, endedAt: clock.now() });
    record(access.ledger, clock, actor, {
      operation: 'users.end',
      subject: { kind: 'user', id },
      sentence: 'Ended an account',
      personal: { reason },
    });
  });
  await passwords.removePassword(user.username);
  if (user.cardUuid !== null) await removeCard(user.cardUuid);
  return { done: true };
}

/** Never one's own, and never both of two roles that check one another. */
export function changeRoles(
  { store, clock, actor }: ActingContext,
  { id, roles, reason }: Input<'users:changeRoles'>,
): Output<'users:changeRoles'> {
  const { access } = store;
  const user = presentUser(store, id);
  if (user.id === actor.userId) {
    throw new ServiceError('REFUSED', 'Nobody changes their own roles. Ask another system owner.');
  }
  const next = [...new Set(roles)];
  refuseConflicts(next);
  if (user.roles.includes('owner') && !next.includes('owner') && owners(store).length === 1) {
    throw new ServiceError('REFUSED', 'This is the last owner. Add another owner first.');
  }
  access.transaction(() => {
    access.users.update({ ...user, roles: next });
    record(access.ledger, clock, actor, {
      operation: 'users.changeRoles',
      subject: { kind: 'user', id },
      sentence: `Changed the roles of an account (${next.join(', ')})`,
      detail: { before: [...user.roles], after: next },
      personal: { reason },
    });
  });
  return { done: true };
}

interface Cards {
  readonly removeCard: (uuid: string) => Promise<void>;
  readonly hasPassword: (username: string) => Promise<boolean>;
}

/** Another card, or none, ends the enrolment of the one before, and with it what held the account to its card. */
export async function linkCard(
  { store, clock, actor }: ActingContext,
  { id, uuid }: Input<'users:linkCard'>,
  { removeCard }: Cards,
): Promise<Output<'users:linkCard'>> {
  const { access } = store;
  const user = presentUser(store, id);
  if (uuid === user.cardUuid) return { done: true };
  const holder = uuid === null ? null : access.users.byCard(uuid);
  if (holder !== null) {
    throw new ServiceError('REFUSED', 'This card is another account’s already. Check its number.');
  }
  if (uuid !== null) refuseOtherPerson(store, user, uuid);
  access.transaction(() => {
    access.users.update({ ...user, cardUuid: uuid, cardOnlySince: null, glassUntil: null });
    record(access.ledger, clock, actor, {
      operation: 'users.linkCard',
      subject: { kind: 'user', id },
      sentence: uuid === null ? 'Took the card from an account' : 'Linked a card to an account',
      personal: { before: user.cardUuid, after: uuid },
    });
  });
  if (user.cardUuid !== null) await removeCard(user.cardUuid);
  return { done: true };
}

/** ESR may show the card for another than the number of the account, or for somebody who has an account here. */
function refuseOtherPerson(store: OpenStore, user: StoredUser, uuid: string): void {
  const { who } = store.access;
  const holder = who.personOfAccount({ employeeNumber: null, cardUuid: uuid });
  if (holder.kind === 'unknown') return;
  const own = user.employeeNumber === null ? null : who.personOf(user.employeeNumber);
  // A number that ESR does not know yet is joined to the person by the card; one that it knows is somebody's.
  if (own?.kind === 'person' && personIdOf(own.key) !== null && !surelySame(own, holder)) {
    throw new ServiceError(
      'REFUSED',
      'ESR shows this card for another person than the employee number of the account. Check both, then link the right one.',
    );
  }
  const others = accountsOf(store, { employeeNumber: null, cardUuid: uuid });
  if (others.some(({ id, endedAt }) => id !== user.id && endedAt === null)) {
    throw new ServiceError(
      'REFUSED',
      'Whoever ESR shows for this card has another account here. One person has one account.',
    );
  }
}

/** The accounts of whoever goes by these names, ended ones too; none where nobody can tell who that is. */
function accountsOf({ access }: OpenStore, names: AccountNames): readonly StoredUser[] {
  const { who, users } = access;
  if (names.employeeNumber === null && names.cardUuid === null) return [];
  const person = who.personOfAccount(names);
  return users.list().filter((account) => surelySame(who.personOfAccount(account), person));
}

const HOUR_MS = 3_600_000;

export async function breakGlass(
  { store, clock, actor }: ActingContext,
  { id, hours, reason }: Input<'users:breakGlass'>,
  { hasPassword }: Cards,
): Promise<Output<'users:breakGlass'>> {
  const { access } = store;
  const user = presentUser(store, id);
  if (user.id === actor.userId) {
    throw new ServiceError('REFUSED', 'Nobody lets themselves in. Ask another system owner.');
  }
  if (user.cardOnlySince === null) {
    throw new ServiceError(
      'REFUSED',
      'This account’s password is taken as it is. There is nothing to let in.',
    );
  }
  if (!(await hasPassword(user.username))) {
    throw new ServiceError(
      'REFUSED',
      'This account has no password on this PC. Give it a first password, then try again.',
    );
  }
  const until = new Date(Date.parse(clock.now()) + hours * HOUR_MS).toISOString();
  access.transaction(() => {
    access.users.update({ ...user, glassUntil: until });
    record(access.ledger, clock, actor, {
      operation: 'users.breakGlass',
      subject: { kind: 'user', id },
      sentence: `Let the password of an account in on trust PCs for ${hours} hours`,
      detail: { until },
      personal: { reason },
    });
  });
  return { until };
}

export function endBreakGlass(
  { store, clock, actor }: ActingContext,
  { id, reason }: Input<'users:endBreakGlass'>,
): Output<'users:endBreakGlass'> {
  const { access } = store;
  const user = presentUser(store, id);
  if (!isGlassBroken(user, clock.now())) {
    throw new ServiceError('REFUSED', 'The glass of this account is whole already.');
  }
  access.transaction(() => {
    access.users.update({ ...user, glassUntil: null });
    record(access.ledger, clock, actor, {
      operation: 'users.endBreakGlass',
      subject: { kind: 'user', id },
      sentence: 'A trust PC takes the password of an account no more',
      personal: { reason },
    });
  });
  return { done: true };
}

function presentUser(store: OpenStore, id: string): StoredUser {
  const user = store.access.users.get(id);
  if (user === null) throw notFound('This account');
  if (user.endedAt !== null) {
    throw new ServiceError(
      'REFUSED',
      'This account has ended. Add a new account to let the person in again.',
    );
  }
  return user;
}

const owners = ({ access }: OpenStore): readonly StoredUser[] =>
  access.users.list().filter(({ roles, endedAt }) => roles.includes('owner') && endedAt === null);

function refuseConflicts(roles: readonly Role[]): void {
  const conflicts = roleConflicts(roles);
  if (conflicts.length > 0) throw new ServiceError('REFUSED', conflicts.join(' '));
}
