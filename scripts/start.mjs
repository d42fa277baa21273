import { build } from './lib/build.mjs';
import { hasDisplay, isRoot, requireSandbox, requireWindow, runTypeScript } from './lib/desktop.mjs';
import { endWith } from './lib/failure.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { setUp } from './setup.mjs';

const say = (line) => console.log(`start   ${line}`);

async function open(runtime) {
  if (!hasDisplay()) {
    say(
      'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the program opens on a virtual one',
    );
    say('and walks through the main job on the training data, leaving numbered pictures in out/tour/.');
    return runTypeScript(root, runtime, 'e2e/support/run-tour.ts');
  }
  if (process.platform === 'linux' && isRoot()) {
    say(
      'You are root, and Chromium’s sandbox means nothing for root, so the program runs as the user “nobody”.',
    );
    return runTypeScript(root, runtime, 'e2e/support/open-desk.ts', process.argv.slice(2));
  }
  requireSandbox(runtime.dir);
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const { code } = await run(runtime.executable, [root, ...process.argv.slice(2)], {
    cwd: root,
    env,
    show: true,
  });
  return code;
}

try {
  const ready = await setUp();
  requireWindow(ready);
  const { built } = await build(root, ready.runtime);
  if (built) say('The program was built.');
  process.exitCode = await open(ready.runtime);
} catch (error) {
  endWith(error);
}
