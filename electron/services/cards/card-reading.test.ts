import { expect, it } from 'vitest';
import { ServiceError } from '../ground/service-error.ts';
import type { CardSettingsReading } from '../session/vault.ts';
import { createCardReading } from './card-reading.ts';

const NOW = '2026-11-26T09:00:00.000Z';
const locked = () => new ServiceError('KEY_STATE', 'This PC’s keychain is locked.');

/** A keychain whose answers come when the test says so. */
function waitingKeychain() {
  const asked: { readonly open: () => void; readonly stayLocked: () => void }[] = [];
  const cardSettings = () =>
    new Promise<CardSettingsReading>((resolve, reject) => {
      asked.push({ open: () => resolve({ state: 'none' }), stayLocked: () => reject(locked()) });
    });
  const reading = createCardReading({
    clock: { now: () => NOW },
    vault: { selected: () => 'training', cardSettings },
    cards: { now: () => ({ module: { state: 'off', name: null }, readers: [] }), configure: () => undefined },
    certificates: async () => ({}),
    readRevocation: async () => ({}),
  } as unknown as Parameters<typeof createCardReading>[0]);
  return { reading, asked };
}

it('who asks after a reading that began under a locked keychain has it read once more', async () => {
  const { reading, asked } = waitingKeychain();
  const signedOut = reading.refresh();
  signedOut.catch(() => undefined);
  const screens = [reading.state(), reading.state()];
  asked[0]?.stayLocked();
  await expect(signedOut).rejects.toMatchObject({ code: 'KEY_STATE' });
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.open();
  for (const seen of await Promise.all(screens)) expect(seen.module.state).toBe('off');
  expect(asked.length, 'asked once for both').toBe(2);
});

it('a keychain that stays locked is said, and asked afresh by the next', async () => {
  const { reading, asked } = waitingKeychain();
  const first = reading.state();
  asked[0]?.stayLocked();
  await expect(first).rejects.toMatchObject({ code: 'KEY_STATE' });
  const second = reading.state();
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.open();
  expect((await second).module.state).toBe('off');
});
