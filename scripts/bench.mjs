import { build } from './lib/build.mjs';
import { requireWindow, runTypeScript } from './lib/desktop.mjs';
import { endWith } from './lib/failure.mjs';
import { root } from './lib/paths.mjs';
import { setUp } from './setup.mjs';

// Measures the built program against the least that could do the same; see bench/README.md.
try {
  const ready = await setUp();
  requireWindow(ready);
  await build(root, ready.runtime);
  process.exitCode = await runTypeScript(root, ready.runtime, 'bench/run.ts', process.argv.slice(2));
} catch (error) {
  endWith(error);
}
