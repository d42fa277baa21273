import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, makeDesk } from '../../testing/desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk('user-cards');
});
afterEach(() => desk.close());

const UUID = '555123456789';
const id = (person: string) => `user-${person}`;
const user = async (person: string) => {
  const { users } = await desk.call('owner', 'users:list', {});
  const found = users.find((each) => each.id === id(person));
  if (found === undefined) throw new Error(`no ${person}`);
  return found;
};
const cardOnly = (person: string) => {
  const stored = desk.store.access.users.get(id(person));
  if (stored === null) throw new Error(`no ${person}`);
  desk.store.access.users.update({ ...stored, cardUuid: UUID, cardOnlySince: desk.context.clock.now() });
};
const lastEvent = () => desk.store.access.ledger.recent(1)[0];

describe('roles', () => {
  const change = (person: string, roles: readonly string[]) => ({
    id: id(person),
    roles: [...roles] as never,
    reason: 'moved to another team',
  });

  it('are changed by an owner with a reason, once each, and it is an event', async () => {
    await desk.call('owner', 'users:changeRoles', change('hradmin', ['officer', 'officer', 'hr-admin']));
    expect((await user('hradmin')).roles).toEqual(['officer', 'hr-admin']);
    expect(lastEvent()).toMatchObject({
      operation: 'users.changeRoles',
      subjectId: id('hradmin'),
      outcome: 'done',
    });
  });

  it('are never one’s own to change, nor the last owner’s to lose, nor both of two that check one another', async () => {
    const size = desk.store.access.ledger.size();
    expect(
      (await desk.refusal('owner', 'users:changeRoles', change('owner', ['owner', 'officer']))).message,
    ).toContain('own roles');
    expect(
      (await desk.refusal('owner', 'users:changeRoles', change('officer', ['officer', 'caldicott']))).message,
    ).toContain('cannot be one person');
    await desk.call('owner', 'users:changeRoles', change('officer2', ['owner']));
    expect((await desk.refusal('teamlead', 'users:changeRoles', change('owner', ['officer']))).code).toBe(
      'NOT_PERMITTED',
    );
    expect(desk.store.access.ledger.size()).toBe(size + 1);
  });

  it('that should not stay so are warned of: a single owner, and who makes the accounts that check them', async () => {
    const warnings = async () => (await desk.call('owner', 'users:list', {})).warnings;
    expect(await warnings()).toEqual([
      'There is only one system owner. Add a second, so that nobody is locked out when one is away.',
    ]);
    await desk.call('owner', 'users:changeRoles', change('officer2', ['owner', 'officer']));
    expect(await warnings()).toHaveLength(1);
    expect((await warnings())[0]).toContain('The officer2 is System owner and Corporate Systems officer');
  });
});

describe('a card', () => {
  it('is one account’s; another number or none ends its enrolment and what held the account to it', async () => {
    await desk.call('owner', 'users:linkCard', { id: id('officer'), uuid: UUID });
    expect(await user('officer')).toMatchObject({ card: { uuid: UUID, enrolled: false } });
    expect(
      (await desk.refusal('owner', 'users:linkCard', { id: id('officer2'), uuid: UUID })).message,
    ).toContain('another account');
    cardOnly('officer');
    await desk.call('owner', 'users:linkCard', { id: id('officer'), uuid: null });
    expect(await user('officer')).toMatchObject({ card: null, cardOnlySince: null });
    expect(desk.removedCards).toEqual([UUID]);
    expect(lastEvent()).toMatchObject({ operation: 'users.linkCard' });
    expect(lastEvent()?.sentence, 'no number in the hashed event').not.toContain(UUID);
  });

  it('goes with its account', async () => {
    cardOnly('officer');
    await desk.call('owner', 'users:end', { id: id('officer'), reason: 'left the trust' });
    expect(desk.removedCards).toEqual([UUID]);
  });
});

describe('the glass', () => {
  const hours = { hours: 4, reason: 'the card was lost' };

  it('is broken by another owner for a while, seen in the list, and can be made whole before', async () => {
    cardOnly('officer');
    const { until } = await desk.call('owner', 'users:breakGlass', { id: id('officer'), ...hours });
    expect(Date.parse(until) - Date.parse(desk.context.clock.now())).toBe(4 * 3_600_000);
    expect(await user('officer')).toMatchObject({ glassUntil: until });
    await desk.call('owner', 'users:endBreakGlass', { id: id('officer'), reason: 'the new card works' });
    expect(await user('officer')).toMatchObject({ glassUntil: null });
    expect(
      (await desk.refusal('owner', 'users:endBreakGlass', { id: id('officer'), reason: 'once more' })).code,
    ).toBe('REFUSED');
  });

  it('is not broken for oneself, where there is nothing to let in, or for who has left', async () => {
    cardOnly('owner');
    expect(
      (await desk.refusal('owner', 'users:breakGlass', { id: id('owner'), ...hours })).message,
    ).toContain('Nobody lets themselves in');
    expect(
      (await desk.refusal('owner', 'users:breakGlass', { id: id('officer'), ...hours })).message,
    ).toContain('nothing to let in');
    expect((await desk.refusal('owner', 'users:breakGlass', { id: 'nobody', ...hours })).code).toBe(
      'NOT_FOUND',
    );
  });
});

describe('drafts', () => {
  it('are their writer’s alone, replaced by key, forgotten on null, and no more than a few', async () => {
    const keep = (person: 'officer' | 'officer2', key: string, value: string | null) =>
      desk.call(person, 'drafts:keep', { key, value });
    const size = desk.store.access.ledger.size();
    await keep('officer', 'requests/r1/return', '{"note":"one"}');
    await keep('officer', 'requests/r1/return', '{"note":"two"}');
    await keep('officer2', 'requests/r1/return', '{"note":"other"}');
    expect((await desk.call('officer', 'drafts:list', {})).drafts).toEqual([
      { key: 'requests/r1/return', value: '{"note":"two"}' },
    ]);
    await keep('officer', 'requests/r1/return', null);
    expect((await desk.call('officer', 'drafts:list', {})).drafts).toEqual([]);
    expect((await desk.call('officer2', 'drafts:list', {})).drafts).toHaveLength(1);
    for (let i = 0; i < 50; i += 1) await keep('officer', `form ${i}`, '{}');
    expect((await desk.refusal('officer', 'drafts:keep', { key: 'one more', value: '{}' })).code).toBe(
      'REFUSED',
    );
    await keep('officer', 'form 7', '{"a":1}');
    expect(desk.store.access.ledger.size()).toBe(size);
  });
});
