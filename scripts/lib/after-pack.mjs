import fs from 'node:fs';
import path from 'node:path';

/**
 * electron-builder cleans up after the Electron it downloads itself, not after one it is given.
 * @param {{appOutDir: string, packager: {getResourcesDir: (out: string) => string}}} context
 */
export default function afterPack({ appOutDir, packager }) {
  fs.rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
  fs.rmSync(path.join(appOutDir, 'version'), { force: true });
}
