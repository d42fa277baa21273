import type { Input, Output } from '../../contract/contract.ts';
import { record } from '../record.ts';
import type { RequestContext } from '../requests/request.service.ts';
import { notFound, ServiceError } from '../service-error.ts';
import type { OpenStore } from '../session/vault.ts';

export const listUsers = (store: OpenStore): Output<'users:list'> => ({
  users: store.access.users
    .list()
    .map(({ mustChangePassword: _, ...user }) => ({ ...user, roles: [...user.roles] })),
});

interface Passwords {
  readonly requireGoodPassword: (password: string, username: string, trustName: string) => Promise<void>;
  readonly addPassword: (username: string, password: string) => Promise<void>;
  readonly removePassword: (username: string) => Promise<void>;
  readonly newId: () => string;
}

export async function addUser(
  { store, clock, actor }: RequestContext,
  { username, displayName, employeeNumber, roles, firstPassword }: Input<'users:add'>,
  passwords: Passwords,
): Promise<Output<'users:add'>> {
  const { access, description } = store;
  const name = username.toLowerCase();
  if (access.users.byUsername(name) !== null) {
    throw new ServiceError('REFUSED', 'There is an account of this name already. Choose another username.');
  }
  if (
    employeeNumber !== null &&
    access.users.list().some((u) => u.employeeNumber === employeeNumber && u.endedAt === null)
  ) {
    throw new ServiceError(
      'REFUSED',
      'An account has this employee number already. One person has one account.',
    );
  }
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
  { store, clock, actor }: RequestContext,
  { id, firstPassword }: Input<'users:resetPassword'>,
  passwords: Passwords,
): Promise<Output<'users:resetPassword'>> {
  const { access, description } = store;
  const user = access.users.get(id);
  if (user === null) throw notFound('This account');
  if (user.endedAt !== null) {
    throw new ServiceError(
      'REFUSED',
      'This account has ended. Add a new account to let the person in again.',
    );
  }
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
  { store, clock, actor }: RequestContext,
  { id, reason }: Input<'users:end'>,
  passwords: Passwords,
): Promise<Output<'users:end'>> {
  const { access } = store;
  const user = access.users.get(id);
  if (user === null) throw notFound('This account');
  if (user.endedAt !== null) throw new ServiceError('REFUSED', 'This account has ended already.');
  if (user.id === actor.userId)
    throw new ServiceError('REFUSED', 'You cannot end your own account. Ask another owner.');
  const owners = access.users
    .list()
    .filter(({ roles, endedAt }) => roles.includes('owner') && endedAt === null);
  if (user.roles.includes('owner') && owners.length === 1) {
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
  return { done: true };
}
