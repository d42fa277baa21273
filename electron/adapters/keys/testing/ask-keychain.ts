// A child that talks to the real keychain of its D-Bus session: each argument is one question, each answer one JSON line.
import { createKeychain, loadKeytar } from '../keychain.ts';

const storeId = '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11';
const keychain = createKeychain({ port: loadKeytar, storeExists: () => false, timeoutMs: 3_000 });

for (const question of process.argv.slice(2)) {
  const answer = await ask(question);
  const secret = 'secret' in answer ? Buffer.from(answer.secret).toString('hex') : undefined;
  process.stdout.write(`${JSON.stringify({ ...answer, secret })}\n`);
}
// A call that hangs on a prompt would keep the process alive.
process.exit(0);

async function ask(question: string) {
  switch (question) {
    case 'read':
      return await keychain.readDeviceSecret(storeId);
    case 'read side by side': {
      const readings = await Promise.all(Array.from({ length: 8 }, () => keychain.readDeviceSecret(storeId)));
      return { states: readings.map(({ state }) => state) };
    }
    case 'create':
      return await keychain.createDeviceSecret(storeId, 'new-store');
    case 'remove':
      return await keychain.removeDeviceSecret(storeId);
    case 'keep':
      return await keychain.keepSequence(storeId, 7);
    case 'sequence':
      return await keychain.readSequence(storeId);
    default:
      throw new Error(`No such question: ${question}`);
  }
}
