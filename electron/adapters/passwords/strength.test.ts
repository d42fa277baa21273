import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStrengthMeter } from './strength.ts';

const meter = createStrengthMeter();
const isStolen = async (password: string): Promise<boolean> => (await meter(password, [])).stolen;

describe('stolen passwords', () => {
  it('are found as they are, in any case, and with figures and signs at the end', async () => {
    for (const password of [
      'password',
      'leavemealone',
      'LeaveMeAlone',
      '1qaz2wsx3edc',
      'sunshine20261120',
      'Password1234!',
      'ｌｅａｖｅｍｅａｌｏｎｅ',
      'qwerty123456!!!',
      'trustno1-2026',
    ])
      expect(await isStolen(password), password).toBe(true);
  });

  it('are not what somebody’s own words are', async () => {
    for (const password of [
      'kettle bicycle marmalade',
      'seventeen purple umbrellas',
      'sunshine over the canal',
      '2026-11-20 17:00',
      '',
    ])
      expect(await isStolen(password), password).toBe(false);
  });

  it('are looked for in no more than a password may be', async () => {
    expect(await isStolen(`${'x'.repeat(200_000)}`)).toBe(false);
  });
});

it('loads no list before a password is judged: a start does not wait for them', () => {
  const script = `
    import { createStrengthMeter } from ${JSON.stringify(join(import.meta.dirname, 'strength.ts'))};
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ load: (url, context, next) => { seen.push(url); return next(url, context); } });
    const meter = createStrengthMeter();
    const before = seen.filter((url) => url.includes('zxcvbn')).length;
    await meter('kettle', []);
    console.log(before, seen.filter((url) => url.includes('zxcvbn')).length > 0);`;
  const args = ['--input-type=module', '--eval', script];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
  expect(execFileSync(process.execPath, args, { env, encoding: 'utf8' }).trim()).toBe('0 true');
});
