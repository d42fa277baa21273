import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, whatever the folder the command was typed in. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where set-up keeps what git ignores: the runtime, its record and the stamps. */
export const electronHome = (at = root) => path.join(at, '.electron');
export const runtimeRecord = (at = root) => path.join(electronHome(at), 'runtime.json');
export const pathRecord = (at = root) => path.join(electronHome(at), 'path');
