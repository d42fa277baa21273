import keytar from 'keytar';
import { expect, test } from 'vitest';

// Proves e2e/support/keychain-setup.ts: every unit test that needs a keychain has a real one, which is not the user's.
test('the unit tests have a keychain of their own', async () => {
  const name = `harness-${process.pid}`;
  expect(process.env.XDG_DATA_HOME).toMatch(/esr-keychain-/);
  await keytar.setPassword('esr-access-desk-tests', name, 'kept');
  expect(await keytar.getPassword('esr-access-desk-tests', name)).toBe('kept');
  expect(await keytar.deletePassword('esr-access-desk-tests', name)).toBe(true);
});
