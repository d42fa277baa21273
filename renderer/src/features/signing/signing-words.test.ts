import { expect, it } from 'vitest';
import { checkCommand } from './signing-words.ts';

it('the command checks as of the second of signing, and takes the text byte for byte', () => {
  const command = checkCommand('2026-11-20T12:00:00.900Z');
  expect(command).toContain(`-attime ${Date.UTC(2026, 10, 20, 12) / 1000} `);
  expect(command).toContain('-binary');
  // One line that is pasted into a shell: nothing of the signature may be able to add to it.
  expect(command).toMatch(/^openssl [a-z0-9 ._-]+$/i);
});
