import { endWith } from './lib/failure.mjs';
import { makePackage, requireReleasable } from './lib/package.mjs';
import { root } from './lib/paths.mjs';
import { setUp } from './setup.mjs';

// `npm run package` makes the unpacked program; `npm run package -- --release` makes the installer.
try {
  const release = process.argv.includes('--release');
  const { runtime } = await setUp();
  if (release) requireReleasable(runtime);
  const output = await makePackage(root, runtime, { release });
  if (process.env.DEBUG) console.log(output);
  const note = release ? 'the installer is' : 'the unpacked program is';
  console.log(`package ${note} in release/ (Electron ${runtime.version}, ${runtime.source}).`);
} catch (error) {
  endWith(error);
}
