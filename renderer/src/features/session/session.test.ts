import { describe, expect, it } from 'vitest';
import {
  type KeyState,
  keyState,
  type SessionState,
} from '../../../../electron/contract/session.contract.ts';
import { passwordIsReady } from '../../components/password-strength.ts';
import { Refusal } from '../../lib/api.ts';
import { checkOwner, employeeNumberFault, isSound, usernameFault } from '../../lib/owner-draft.ts';
import { checkTrust, phraseFault, phraseWords, wordsToAsk, wrongWords } from './create-store.ts';
import { credentialFaultOf } from './credential-fault.ts';
import { KEY_PROBLEMS } from './key-problems.ts';
import { screenFor } from './screen-for.ts';

const user = {
  id: 'u1',
  username: 'a',
  displayName: 'A',
  roles: ['officer' as const],
  mustChangePassword: false,
};
const ready: SessionState = {
  store: 'trust',
  stores: [{ name: 'trust', trustName: 'Sample', environment: 'LIVE' }],
  keyState: 'ready',
  explanation: '',
  trust: { name: 'Sample', vpd: '919', environment: 'LIVE' },
  user: null,
  lockedBecause: null,
  way: null,
  device: 'trust',
  brokenGlass: [],
  endProblem: null,
  idleMinutes: 10,
  trainingAccounts: [],
};

describe('the screen for a session', () => {
  it('is the first run where there is no store, and the choice where there is one', () => {
    const none = { ...ready, store: null, trust: null, keyState: 'no-store' as const };
    expect(screenFor({ ...none, stores: [] }).kind).toBe('first-run');
    expect(screenFor(none).kind).toBe('choose-store');
    expect(screenFor({ ...none, keyState: 'ready' }).kind).toBe('choose-store');
  });

  it('is sign-in until somebody is in, then their new password, then the work', () => {
    expect(screenFor(ready).kind).toBe('sign-in');
    expect(screenFor({ ...ready, keyState: 'open' }).kind).toBe('sign-in');
    const open = { ...ready, keyState: 'open' as const, user };
    expect(screenFor(open).kind).toBe('work');
    expect(screenFor({ ...open, user: { ...user, mustChangePassword: true } }).kind).toBe('new-password');
  });

  it('is the problem’s own for every other key state, even with somebody signed in', () => {
    const calm: readonly KeyState[] = ['no-store', 'ready', 'open'];
    for (const state of keyState.options.filter((one) => !calm.includes(one))) {
      expect(screenFor({ ...ready, keyState: state, user })).toEqual({ kind: 'key-problem', problem: state });
    }
  });
});

describe('the words of a key problem', () => {
  it('differ for each, and always offer a way to another store', () => {
    const titles = Object.values(KEY_PROBLEMS).map((words) => words.title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const words of Object.values(KEY_PROBLEMS)) expect(words.ways).toContain('choose');
  });
});

describe('creating a store', () => {
  it('takes a trust with a name, three digits and an environment', () => {
    expect(isSound(checkTrust({ trustName: 'Sample', vpd: '919', environment: 'TPLY' }))).toBe(true);
    expect(Object.keys(checkTrust({ trustName: ' ', vpd: '91', environment: null }))).toEqual([
      'trustName',
      'vpd',
      'environment',
    ]);
  });

  it('takes an owner with a username the contract takes; the employee number may be left out', () => {
    expect(isSound(checkOwner({ displayName: 'A', username: 'a.b-c_1', employeeNumber: '' }))).toBe(true);
    expect(usernameFault('two words')).not.toBeNull();
    expect(usernameFault('a')).not.toBeNull();
    expect(employeeNumberFault('1234567')).not.toBeNull();
    expect(employeeNumberFault('12345678')).toBeNull();
  });

  it('asks for three different words, in order, and of the whole phrase', () => {
    const draws = [0.5, 0.5, 0.999, 0];
    expect(wordsToAsk(() => draws.shift() ?? 0)).toEqual([1, 13, 24]);
  });

  it('knows a wrong word from a right one written otherwise', () => {
    const words = Array.from({ length: 24 }, (_, index) => `word${String.fromCharCode(97 + index)}`);
    expect(wrongWords(words, [1, 24], { 1: ' WordA ', 24: 'wordx' })).toEqual([]);
    expect(wrongWords(words, [1, 24], { 1: 'wordb' })).toEqual([1, 24]);
  });
});

describe('a recovery phrase as typed', () => {
  it('may carry numbers, commas and lines', () => {
    expect(phraseWords('1. Abandon\n2. ability,  lantern')).toEqual(['abandon', 'ability', 'lantern']);
    expect(phraseFault(Array(24).fill('abandon').join(' '))).toBeNull();
    expect(phraseFault('abandon ability')).toContain('there are 2');
  });
});

describe('a refused sign-in', () => {
  it('says the wait and the tries that are left', () => {
    const fault = credentialFaultOf(new Refusal('WAIT', 'Wait.', { waitSeconds: 75, triesLeft: 2 }, 'c1'));
    expect(fault).toEqual({ sentence: 'Wait.', waitSeconds: 75, triesLeft: 2, reference: null });
  });

  it('takes no nonsense for a wait, and gives a bug its number', () => {
    const fault = credentialFaultOf(new Refusal('UNEXPECTED', 'A fault.', { waitSeconds: 'x' }, 'c2'));
    expect(fault).toMatchObject({ waitSeconds: 0, triesLeft: null, reference: 'c2' });
  });
});

describe('a new password', () => {
  const judgement = { score: 4, acceptable: true, advice: [] };
  it('is sent when it is judged good enough and typed twice alike', () => {
    expect(passwordIsReady({ password: 'a', repeat: 'a', judgement })).toBe(true);
    expect(passwordIsReady({ password: 'a', repeat: 'b', judgement })).toBe(false);
    expect(passwordIsReady({ password: 'a', repeat: 'a', judgement: null })).toBe(false);
    expect(
      passwordIsReady({ password: 'a', repeat: 'a', judgement: { ...judgement, acceptable: false } }),
    ).toBe(false);
  });
});
