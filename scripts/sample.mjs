import { runTypeScript } from './lib/desktop.mjs';
import { endWith } from './lib/failure.mjs';
import { root } from './lib/paths.mjs';
import { setUp } from './setup.mjs';

// Writes a sample trust: npm run sample -- --people N --seed S --out DIR. The generator is TypeScript, run by Electron as Node.
try {
  const { runtime } = await setUp();
  process.exitCode = await runTypeScript(root, runtime, 'scripts/sample-trust/cli.ts', process.argv.slice(2));
} catch (error) {
  endWith(error);
}
