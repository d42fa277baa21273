import fs from 'node:fs';
import path from 'node:path';

/**
 * Tidies what electron-builder leaves, and sets the fuses so that none is left to chance: electron-builder knows fewer
 * of them than Electron has, and `strictlyRequireAllFuses` stops at one that nobody has decided on.
 */
export default async function afterPack(context) {
  const { appOutDir, packager } = context;
  // electron-builder cleans up after the Electron it downloads itself, not after one it is given.
  fs.rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
  fs.rmSync(path.join(appOutDir, 'version'), { force: true });
  // Our own version of the tool, because electron-builder's does not know the ninth fuse.
  const { flipFuses, FuseV1Options } = await import('@electron/fuses');
  const suffix = { win32: '.exe', darwin: '.app' }[context.electronPlatformName] ?? '';
  const name = packager.executableName ?? packager.appInfo.productFilename;
  await flipFuses(path.join(appOutDir, `${name}${suffix}`), {
    ...(await packager.generateFuseConfig(packager.config.electronFuses)),
    // Only a speed-up of WebAssembly's bounds checks; our pages run none, and this is Electron's own default.
    [FuseV1Options.WasmTrapHandlers]: true,
    strictlyRequireAllFuses: true,
  });
}
