import { beforeEach, describe, expect, it, vi } from 'vitest';
import { contract } from '../../../electron/contract/contract.ts';
import { correlationOf, invoke, keyOf, onEvent, Refusal, wordsOf } from './api.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { mayCall, ROLE_IDS, type RoleBoundOperation } from './permissions.ts';

let fake: FakeApi;

beforeEach(() => {
  fake = fakeApi({
    'app:getTheme': () => ({ theme: 'dark' }),
    'session:signIn': () => {
      throw new Refusal('WAIT', 'Wait, then try again.', { waitSeconds: 30 }, 'c-7');
    },
    'app:about': () => ({ version: 1 }) as never,
  });
  vi.stubGlobal('window', { api: fake.api });
});

describe('calls through the api', () => {
  it('unwrap what the program answers', async () => {
    await expect(invoke('app:getTheme', {})).resolves.toEqual({ theme: 'dark' });
    expect(fake.calls).toEqual([{ name: 'app:getTheme', input: {} }]);
  });

  it('throw a refusal with its code, message, details and number', async () => {
    const fault = await invoke('session:signIn', { username: 'a', password: 'b' }).catch(
      (reason: unknown) => reason,
    );
    expect(fault).toBeInstanceOf(Refusal);
    expect(fault).toMatchObject({ code: 'WAIT', details: { waitSeconds: 30 }, correlationId: 'c-7' });
    expect(wordsOf(fault)).toBe('Wait, then try again.');
    expect(correlationOf(fault)).toBe('c-7');
  });

  it('say a bug without its message', () => {
    expect(wordsOf(new Error('Jane Doe'))).not.toContain('Jane');
    expect(correlationOf(new Error('x'))).toBeNull();
  });

  it('are refused for bad input, as the registrar does', async () => {
    await expect(invoke('session:signIn', { username: '', password: 'b' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('fail on an answer that the contract does not allow', async () => {
    await expect(invoke('app:about', {})).rejects.not.toBeInstanceOf(Refusal);
  });

  it('pass the File itself where the operation takes a file', async () => {
    const file = new File(['x'], 'go.dat');
    await invoke('imports:offerFile', file).catch(() => undefined);
    expect(fake.calls[0]?.input).toBe(file);
  });
});

describe('events', () => {
  it('reach their listeners until these stop', () => {
    const heard: unknown[] = [];
    const stop = onEvent('data:changed', (payload) => heard.push(payload));
    fake.emit('data:changed', { areas: ['requests'] });
    stop();
    fake.emit('data:changed', { areas: ['imports'] });
    expect(heard).toEqual([{ areas: ['requests'] }]);
  });
});

describe('query keys', () => {
  it('begin with the area, which data:changed names', () => {
    expect(keyOf('requests:get', { id: 'r1' })).toEqual(['requests', 'requests:get', { id: 'r1' }]);
    expect(keyOf('requests:get')).toEqual(['requests', 'requests:get']);
  });
});

describe('the list of who may call what', () => {
  it('is the contract’s, entry by entry', () => {
    for (const [name, { may }] of Object.entries(contract)) {
      if (typeof may === 'string') continue;
      const allowed = ROLE_IDS.filter((role) => mayCall([role], name as RoleBoundOperation));
      expect(allowed.toSorted(), name).toEqual([...may].toSorted());
    }
  });
});
