import { build } from './lib/build.mjs';
import { endWith } from './lib/failure.mjs';
import { root } from './lib/paths.mjs';
import { setUp } from './setup.mjs';

try {
  const { runtime } = await setUp();
  const { built } = await build(root, runtime);
  console.log(built ? 'build   out/ is new.' : 'build   out/ is up to date.');
} catch (error) {
  endWith(error);
}
