import { build } from './lib/build.mjs';
import { requireWindow, runTypeScript } from './lib/desktop.mjs';
import { endWith } from './lib/failure.mjs';
import { root } from './lib/paths.mjs';
import { setUp } from './setup.mjs';

// Walks the main job on the training data on a display that nobody sees; the steps are in e2e/tour/tour.ts.
try {
  const ready = await setUp();
  requireWindow(ready);
  await build(root, ready.runtime);
  process.exitCode = await runTypeScript(
    root,
    ready.runtime,
    'e2e/support/run-tour.ts',
    process.argv.slice(2),
  );
} catch (error) {
  endWith(error);
}
