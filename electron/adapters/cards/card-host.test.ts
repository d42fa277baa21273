import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CardPort } from '../../services/cards/card-port.ts';
import { createCardHost } from './card-host.ts';
import { forkCardProcess } from './testing/fork-card-process.ts';
import { makeSoftToken } from './testing/soft-token.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it('probe', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'card-host-'));
  const token = makeSoftToken({
    dir,
    label: 'First card',
    pin: '4711',
    keys: [
      { id: '01', type: 'rsa' },
      { id: '02', type: 'ec' },
    ],
  });
  ends.push(token.close);
  token.putCertificate('01', Buffer.from('3000', 'hex'));
  const port: CardPort = createCardHost(() => forkCardProcess(token.env));
  ends.push(port.close);
  const t = performance.now();
  port.onChange(() => console.log(performance.now() - t, JSON.stringify(port.now())));
  port.configure([token.modulePath]);
  await expect.poll(() => port.now().module.state, { timeout: 5000 }).toBe('ready');
  const readerId = port.now().readers[0]?.token?.readerId ?? '';
  console.log(await port.sign({ readerId, keyId: '01', pin: '4711', messages: [Buffer.from('hello')] }));
  console.log(await port.sign({ readerId, keyId: '02', pin: '4711', messages: [Buffer.from('hello')] }));
  console.log(await port.sign({ readerId, keyId: '02', pin: '4712', messages: [Buffer.from('hello')] }));
  console.log(await port.sign({ readerId, keyId: '09', pin: '4711', messages: [Buffer.from('hello')] }));
});
