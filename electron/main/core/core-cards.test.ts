import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCardHost } from '../../adapters/cards/card-host.ts';
import { type ForkedCardProcess, forkCardProcess } from '../../adapters/cards/testing/fork-card-process.ts';
import { makeSoftToken, type SoftToken } from '../../adapters/cards/testing/soft-token.ts';
import { makeTestCa, serialOf, type TestCa } from '../../adapters/certificates/testing/test-ca.ts';
import type { CardInReader } from '../../contract/cards.contract.ts';
import type { CardSettings } from '../../contract/security.contract.ts';
import { DEFAULT_CARD_SETTINGS } from '../../services/cards/card-settings.ts';
import { SECOND_OWNER, settle } from '../../testing/prepared-homes.ts';
import { makePc, OWNER, type Pc, type Running } from '../../testing/real-core.ts';
import { START } from '../../testing/real-store.ts';

// The whole core with a real token (SoftHSM) in the real card process, and an authority made here.
const PIN = '482913';
const UUID = '555123456789';
const DAY = 86_400_000;

let pc: Pc;
let ca: TestCa;
let token: SoftToken;
let children: ForkedCardProcess[];
beforeEach(() => {
  pc = makePc('core-cards');
  ca = makeTestCa({ now: START, intermediate: true });
  children = [];
  token = makeToken('rsa');
});
afterEach(async () => {
  await pc.close();
  token.close();
});

function makeToken(type: 'rsa' | 'ec'): SoftToken {
  const made = makeSoftToken({
    dir: join(pc.dir, `tokens-${type}`),
    label: 'NHS card',
    pin: PIN,
    keys: [{ id: '01', type }],
  });
  made.putCertificate('01', certify(made));
  return made;
}

/** Of the token's key: another call is a renewal. */
const certify = (on: SoftToken, uuid = UUID): Uint8Array =>
  ca.issue({
    publicKeySpkiDer: on.readPublicKey('01'),
    subject: `O=nhs,OU=People,CN=${uuid}`,
    keyUsage: 'authentication',
  });

function start(): Running {
  return pc.start({
    cards: createCardHost(() => {
      const child = forkCardProcess(token.env);
      children.push(child);
      return child;
    }),
  });
}

const settings = (change: Partial<CardSettings> = {}): CardSettings => {
  const list = join(pc.dir, 'revoked.crl');
  writeFileSync(
    list,
    ca.crl({ thisUpdate: START, nextUpdate: new Date(Date.parse(START) + 30 * DAY).toISOString() }),
  );
  return {
    ...DEFAULT_CARD_SETTINGS,
    modulePaths: [token.modulePath],
    trustAnchors: ca.chainPem,
    revocationLists: [list],
    ...change,
  };
};

async function theCard({ call }: Running): Promise<CardInReader> {
  let found: CardInReader | null = null;
  await expect
    .poll(async () => {
      const { readers } = await call('cards:getState', {});
      found = readers.find(({ card }) => card !== null)?.card ?? null;
      return found !== null;
    })
    .toBe(true);
  if (found === null) throw new Error('no card');
  return found;
}

const byCard = async (running: Running, pin = PIN) => {
  const { readerId } = await theCard(running);
  return { readerId, pin };
};

/** A trust whose owner has a card, linked and enrolled on this PC, and a second owner beside. */
async function withCard(
  change: Partial<CardSettings> = {},
): Promise<{ running: Running; owner: string; second: string }> {
  await settle(pc, 'two-owners');
  const running = start();
  const { call } = running;
  await running.signIn(OWNER.username, OWNER.password);
  await call('security:changeCardSettings', settings(change));
  const { users } = await call('users:list', {});
  const idOf = (name: string) => users.find(({ displayName }) => displayName === name)?.id ?? '';
  const [owner, second] = [idOf(OWNER.displayName), idOf(SECOND_OWNER.displayName)];
  await call('users:linkCard', { id: owner, uuid: UUID });
  await call('cards:enrol', { userId: owner, ...(await byCard(running)) });
  await call('session:signOut', {});
  return { running, owner, second };
}

const signInAsSecond = (running: Running) => running.signIn(SECOND_OWNER.username, SECOND_OWNER.password);
const events = async ({ call }: Running) => {
  const filter = { text: '', operation: null, actor: null, outcome: null, from: null, to: null };
  const { rows } = await call('ledger:list', { filter, offset: 0, limit: 500 });
  return rows.toReversed().map(({ operation, outcome }) => `${operation} ${outcome}`);
};

describe('a card', () => {
  it('is linked, enrolled, and opens the store; from then on a trust PC takes the password no more', async () => {
    const { running, owner, second } = await withCard();
    const { call, refusal } = running;
    expect(await theCard(running)).toMatchObject({
      uuid: UUID,
      standing: 'good',
      tries: 'full',
      enrolment: 'enrolled',
    });
    const state = await call('session:signInByCard', await byCard(running));
    expect(state).toMatchObject({ way: 'card', device: 'trust', user: { id: owner } });
    expect((await call('users:list', {})).users.find(({ id }) => id === owner)).toMatchObject({
      lastWay: 'card',
      card: { uuid: UUID, enrolled: true },
      signedIn: true,
    });
    await call('session:signOut', {});

    const password = { username: OWNER.username, password: OWNER.password };
    expect((await refusal('session:signIn', password)).code).toBe('CARD_REQUIRED');
    expect(await call('session:getState', {})).toMatchObject({ user: null, keyState: 'ready' });
    await signInAsSecond(running);
    expect(await events(running)).toEqual(
      expect.arrayContaining(['cards.enrol done', 'users.cardOnly done', 'session.signIn refused']),
    );

    await call('users:breakGlass', { id: owner, hours: 2, reason: 'the card is being replaced' });
    expect((await call('session:getState', {})).brokenGlass).toMatchObject([
      { displayName: OWNER.displayName },
    ]);
    await call('session:signOut', {});
    expect((await running.signIn(OWNER.username, OWNER.password)).way).toBe('password');
    await call('session:signOut', {});
    pc.advance(2 * 3_600_000);
    expect((await refusal('session:signIn', password)).code).toBe('CARD_REQUIRED');

    await signInAsSecond(running);
    await call('security:markDevice', { kind: 'remote', reason: 'taken home' });
    await call('session:signOut', {});
    expect((await running.signIn(OWNER.username, OWNER.password)).device).toBe('remote');
    expect(second).not.toBe(owner);
    expect(pc.exceptions).toEqual([]);
  });

  it('of an account that has ended has no broken glass: neither the banner nor the security screen names it', async () => {
    const { running, owner } = await withCard();
    const { call } = running;
    await call('session:signInByCard', await byCard(running));
    await call('session:signOut', {});
    await signInAsSecond(running);
    const glass = async () =>
      (await call('security:getState', {})).checks.find(({ id }) => id === 'break-glass');
    await call('users:breakGlass', { id: owner, hours: 2, reason: 'the card is being replaced' });
    expect(await glass()).toMatchObject({
      state: 'amber',
      sentence: expect.stringContaining(OWNER.displayName),
    });
    await call('users:end', { id: owner, reason: 'left the trust' });
    expect(await glass()).toMatchObject({ state: 'green', mend: '' });
    expect(running.states.at(-1)?.brokenGlass, 'what the page was told last').toEqual([]);
  });

  it('wrong passcodes are told with the tries, wait for the ledger, and open nothing', async () => {
    const { running } = await withCard();
    const wrong = await running.refusal('session:signInByCard', await byCard(running, '000000'));
    expect(wrong).toMatchObject({ code: 'CARD_REFUSED', details: { reason: 'wrong-pin', tries: 'low' } });
    expect(wrong.message).not.toContain('000000');
    await expect.poll(async () => (await theCard(running)).tries).toBe('low');
    await running.call('session:signInByCard', await byCard(running));
    expect((await events(running)).slice(-3)).toEqual([
      'session.signIn refused',
      'session.signIn done',
      'users.cardOnly done',
    ]);
    expect(await running.call('ledger:verify', {})).toMatchObject({ sound: true });
  });

  it('that is not linked, of another, revoked or not yet enrolled is refused before its passcode is asked', async () => {
    await settle(pc, 'trust');
    const running = start();
    const { call, refusal } = running;
    await running.signIn(OWNER.username, OWNER.password);
    await call('security:changeCardSettings', settings());
    const owner = (await call('users:list', {})).users[0]?.id ?? '';
    const card = await byCard(running, '000000');
    expect((await refusal('cards:enrol', { userId: owner, ...card })).code).toBe('REFUSED');
    await call('users:linkCard', { id: owner, uuid: '555000000000' });
    expect((await refusal('cards:enrol', { userId: owner, ...card })).details).toMatchObject({
      reason: 'wrong-uuid',
    });
    await call('users:linkCard', { id: owner, uuid: UUID });
    await call('session:signOut', {});
    const early = await refusal('session:signInByCard', card);
    expect(early.details).toMatchObject({ reason: 'not-enrolled' });
    ca.revoke(serialOf(certify(token)) - 1n);
    await running.signIn(OWNER.username, OWNER.password);
    await call('security:changeCardSettings', settings());
    expect(await theCard(running)).toMatchObject({ standing: 'revoked', tries: 'full' });
    expect((await refusal('cards:enrol', { userId: owner, ...card })).details).toMatchObject({
      reason: 'revoked',
    });
    expect(await theCard(running), 'no try was spent').toMatchObject({ tries: 'full' });
    expect(await call('security:getState', {})).toMatchObject({ device: 'trust' });
  });

  it('whose key was renewed is enrolled again only with a second owner', async () => {
    const { running, owner } = await withCard();
    const { call, refusal } = running;
    token.close();
    token = makeToken('rsa');
    for (const child of children) child.kill();
    await expect.poll(async () => (await theCard(running)).enrolment).toBe('renewed');
    expect((await refusal('session:signInByCard', await byCard(running))).details).toMatchObject({
      reason: 'renewed',
    });
    await running.signIn(OWNER.username, OWNER.password); // no first sign-in by card yet, so the password is taken
    const alone = await refusal('cards:enrol', { userId: owner, ...(await byCard(running)) });
    expect(alone.message).toContain('second person');
    await call('session:signOut', {});
    await signInAsSecond(running);
    await call('cards:enrol', { userId: owner, ...(await byCard(running)) });
    await call('session:signOut', {});
    expect((await call('session:signInByCard', await byCard(running))).user?.id).toBe(owner);
  });

  it('taken from the reader, or its driver gone, locks who came in by it; not who came by password', async () => {
    const { running } = await withCard();
    await signInAsSecond(running);
    const seen = () => running.states.at(-1);
    for (const child of children) child.kill();
    await theCard(running);
    expect(seen()?.user?.username).toBe('oscar.second');
    await running.call('session:signOut', {});
    await running.call('session:signInByCard', await byCard(running));
    for (const child of children) child.kill();
    await expect.poll(() => seen()?.lockedBecause).toBe('card-removed');
    expect(seen()?.user).toBeNull();
  });

  it('card settings that were altered beside the store are not used, and are mended by the next opening', async () => {
    const { running } = await withCard();
    const file = pc.store('cards.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8')
        .replace('"removalLocks": true', '"removalLocks": false')
        .replace('"removalLocks":true', '"removalLocks":false'),
    );
    const again = start();
    expect((await again.call('cards:getState', {})).module).toMatchObject({
      state: 'failed',
      sentence: expect.stringContaining('altered outside the program'),
    });
    await signInAsSecond(again);
    await theCard(again);
    await expect.poll(() => events(again)).toContain('security.cardSettingsMended refused');
    expect((await again.call('cards:getState', {})).module).toMatchObject({ state: 'ready', sentence: '' });
    expect(running.states.at(-1)?.user).toBeNull();
  });

  it('with an elliptic key opens by the secret of the PC alone, and the security screen says so', async () => {
    token.close();
    token = makeToken('ec');
    const { running } = await withCard();
    await running.call('session:signInByCard', await byCard(running));
    const { checks } = await running.call('security:getState', {});
    expect(checks.find(({ id }) => id === 'card-binding')).toMatchObject({ state: 'amber' });
    expect(checks.find(({ id }) => id === 'cipher')).toMatchObject({ state: 'green' });
    for (const id of ['revocation', 'keychain', 'device', 'break-glass'])
      expect(
        checks.find((each) => each.id === id),
        id,
      ).toMatchObject({ state: 'green', mend: '' });
    // Not packaged, and never verified: each says what to do about it.
    for (const id of ['fuses', 'ledger'])
      expect(
        checks.find((each) => each.id === id),
        id,
      ).toMatchObject({ state: 'amber', mend: expect.stringMatching(/\.$/) });
    const { sound } = await running.call('ledger:verify', {});
    expect(sound).toBe(true);
    const after = (await running.call('security:getState', {})).checks;
    expect(after.find(({ id }) => id === 'ledger')).toMatchObject({ state: 'green' });
  });
});

describe('card settings', () => {
  it('are refused with a plain sentence for what is no certificate and for a rule that is none', async () => {
    await settle(pc, 'trust');
    const running = start();
    await running.signIn(OWNER.username, OWNER.password);
    const refused = async (change: Partial<CardSettings>) =>
      (await running.refusal('security:changeCardSettings', settings(change))).message;
    expect(
      await refused({ trustAnchors: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' }),
    ).toMatch(/private key/i);
    expect(await refused({ trustAnchors: 'rubbish' })).toMatch(/certificate/i);
    expect(await refused({ subjectRule: 'CN=(a+)+$' })).toMatch(/\./);
    expect((await running.call('security:getCardSettings', {})).settings).toEqual(DEFAULT_CARD_SETTINGS);
  });
});

describe('a signed approval', () => {
  const SIGNED = { ...DEFAULT_CARD_SETTINGS.signatures, 'approve-request': 'card-or-password' as const };

  /** The training store with the policy, and a request that only waits for approval. */
  async function ready(change: Partial<CardSettings> = {}) {
    await settle(pc, 'training');
    const running = start();
    const { call } = running;
    await running.signIn('owner', 'practice-as-owner');
    await call('security:changeCardSettings', settings({ signatures: SIGNED, ...change }));
    const officer =
      (await call('users:list', {})).users.find(({ username }) => username === 'officer')?.id ?? '';
    return { running, officer };
  }
  async function approvable({ call, ask }: Running) {
    const filter = { text: '', statuses: ['new' as const], access: null, objected: false };
    const sort = { by: 'submittedAt', direction: 'asc' } as const;
    for (const { id } of (await call('requests:list', { filter, sort, offset: 0, limit: 200 })).rows) {
      const { revision } = await call('requests:get', { id });
      const stepped = await ask('requests:recordAuthorisation', { id, revision });
      if (!stepped.ok) continue;
      const { summary } = await call('requests:get', { id });
      if (summary.mayApprove) return { id, revision: stepped.data.revision };
    }
    throw new Error('the sample has no request that can be approved');
  }
  const outside = (signature: { text: string; cms: string }, trusted: string) => {
    const file = (name: string, text: string) => {
      writeFileSync(join(pc.dir, name), text);
      return join(pc.dir, name);
    };
    const [text, cms, root] = [
      file('text', signature.text),
      file('cms', signature.cms),
      file('root', trusted),
    ];
    execFileSync(
      'openssl',
      [
        'cms',
        '-verify',
        '-binary',
        '-inform',
        'PEM',
        '-in',
        cms,
        '-content',
        text,
        '-CAfile',
        root,
        '-purpose',
        'any',
        '-no_check_time',
        '-out',
        '/dev/null',
      ],
      { stdio: 'pipe' },
    );
  };

  it('by card: over the text that was shown, kept with its event, and sound outside the program', async () => {
    const { running, officer } = await ready();
    const { call, refusal } = running;
    await call('users:linkCard', { id: officer, uuid: UUID });
    await call('cards:enrol', { userId: officer, ...(await byCard(running)) });
    await call('session:signOut', {});
    await call('session:signInByCard', await byCard(running));
    const step = await approvable(running);
    expect((await refusal('requests:approve', { ...step, signature: null })).code).toBe('SIGNATURE_NEEDED');
    const shown = await call('signing:prepare', {
      decision: 'approve-request',
      subject: step.id,
      revision: step.revision,
    });
    expect(shown).toMatchObject({
      needed: 'card',
      text: expect.stringContaining('APPROVAL OF ACCESS TO ESR'),
    });
    const sign = async (sha256: string, pin = PIN) => ({
      sha256,
      by: { way: 'card' as const, ...(await byCard(running, pin)) },
    });
    expect((await refusal('requests:approve', { ...step, signature: await sign('0'.repeat(64)) })).code).toBe(
      'STALE',
    );
    expect(
      (await refusal('requests:approve', { ...step, signature: await sign(shown.sha256, '000000') })).code,
    ).toBe('CARD_REFUSED');
    expect((await call('requests:get', { id: step.id })).status).toBe('authorised');
    const { status } = await call('requests:approve', { ...step, signature: await sign(shown.sha256) });
    expect(status).toBe('approved');
    const { signatures } = await call('signing:list', { subject: step.id });
    expect(signatures).toMatchObject([{ sound: true, means: 'card', text: shown.text }]);
    const [signature] = signatures;
    if (signature === undefined) throw new Error('no signature');
    outside(signature, ca.rootPem);
    expect(() =>
      outside({ ...signature, text: signature.text.replace('APPROVAL', 'REFUSAL') }, ca.rootPem),
    ).toThrow();
    expect(await call('session:getState', {})).toMatchObject({ way: 'card' });
  });

  it('by password: labelled the weaker one; a wrong password signs nothing', async () => {
    const { running } = await ready();
    const { call, refusal } = running;
    await call('session:signOut', {});
    await running.signIn('officer', 'practice-as-officer');
    const step = await approvable(running);
    const { needed, sha256 } = await call('signing:prepare', {
      decision: 'approve-request',
      subject: step.id,
      revision: step.revision,
    });
    expect(needed).toBe('password');
    const sign = (password: string) => ({ sha256, by: { way: 'password' as const, password } });
    expect((await refusal('requests:approve', { ...step, signature: sign('not the password') })).code).toBe(
      'WRONG_CREDENTIALS',
    );
    await call('requests:approve', { ...step, signature: sign('practice-as-officer') });
    const [signature] = (await call('signing:list', { subject: step.id })).signatures;
    expect(signature).toMatchObject({
      sound: true,
      means: 'account-key',
      sentence: expect.stringContaining('A card would show more'),
    });
    if (signature !== undefined) outside(signature, signature.certificates);
  });

  it('is not made with somebody else’s card', async () => {
    const { running, officer } = await ready();
    await running.call('users:linkCard', { id: officer, uuid: '555000000000' });
    await running.call('session:signOut', {});
    await running.signIn('officer', 'practice-as-officer');
    const step = await approvable(running);
    const asked = { decision: 'approve-request' as const, subject: step.id, revision: step.revision };
    const { needed, sha256 } = await running.call('signing:prepare', asked);
    expect(needed).toBe('card');
    const signature = { sha256, by: { way: 'card' as const, ...(await byCard(running)) } };
    expect((await running.refusal('requests:approve', { ...step, signature })).details).toMatchObject({
      reason: 'wrong-uuid',
    });
  });

  it('where the policy asks for a card, a password does not do', async () => {
    const { running } = await ready({ signatures: { ...SIGNED, 'approve-request': 'card' } });
    await running.call('session:signOut', {});
    await running.signIn('officer', 'practice-as-officer');
    const step = await approvable(running);
    const { sha256 } = await running.call('signing:prepare', {
      decision: 'approve-request',
      subject: step.id,
      revision: step.revision,
    });
    const signature = { sha256, by: { way: 'password' as const, password: 'practice-as-officer' } };
    expect((await running.refusal('requests:approve', { ...step, signature })).code).toBe('SIGNATURE_NEEDED');
  });

  it('of an exception too: over what was asked, what was decided, until when and why, in those very words', async () => {
    const { running } = await ready({ signatures: { ...SIGNED, exception: 'card-or-password' } });
    const { call, refusal } = running;
    await call('session:signOut', {});
    await running.signIn('officer', 'practice-as-officer');
    const step = await askable(running);
    await call('session:signOut', {});
    await running.signIn('guardian', 'practice-as-guardian');
    const terms = { granted: true as const, until: '2027-05-31', reason: 'needed for the winter' };
    const asked = { decision: 'exception' as const, subject: step.id, revision: step.revision, terms };
    const shown = await call('signing:prepare', asked);
    expect(shown.needed).toBe('password');
    expect(shown.text).toContain('Why: nobody else is there\n');
    expect(shown.text).toContain('Decision: granted, for access that ends no later than 31 May 2027\n');
    const by = { way: 'password' as const, password: 'practice-as-guardian' };
    const decide = { ...step, terms, signature: { sha256: shown.sha256, by } };
    expect((await refusal('requests:decideException', { ...decide, signature: null })).code).toBe(
      'SIGNATURE_NEEDED',
    );
    const later = { ...terms, until: '2027-12-31' };
    expect((await refusal('requests:decideException', { ...decide, terms: later })).code).toBe('STALE');
    await call('requests:decideException', decide);
    const [signature] = (await call('signing:list', { subject: step.id })).signatures;
    expect(signature).toMatchObject({ decision: 'exception', sound: true, text: shown.text });
    if (signature !== undefined) outside(signature, signature.certificates);
  });

  /** A request of which an exception was asked. */
  async function askable({ call, ask }: Running) {
    const filter = { text: '', statuses: ['new' as const], access: null, objected: false };
    const sort = { by: 'submittedAt', direction: 'asc' } as const;
    for (const { id } of (await call('requests:list', { filter, sort, offset: 0, limit: 200 })).rows) {
      const { revision } = await call('requests:get', { id });
      const asked = await ask('requests:askException', { id, revision, reason: 'nobody else is there' });
      if (asked.ok) return { id, revision: asked.data.revision };
    }
    throw new Error('the sample has no request that an exception can be asked for');
  }
});
