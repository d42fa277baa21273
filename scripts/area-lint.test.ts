import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

const AREA = 'An area sees the ground';
const GROUND = 'The ground knows no area';
const OUTSIDE = 'the outside world is an adapter';
const FEATURE = 'A feature sees the ground';
const UNDER = 'What everything stands on knows no feature';
const WIRE = 'The renderer imports electron/contract and nothing else';

/** A file in this folder, what it imports, and what is said of it; null where it may. */
const IMPORTS: readonly (readonly [folder: string, from: string, said: string | null])[] = [
  ['electron/services/views', '../requests/request.service.ts', AREA],
  ['electron/services/views', '../requests/requests.area.ts', AREA],
  ['electron/services/views', '../../../adapters/keys/seal.ts', OUTSIDE],
  ['electron/services/views', '../../../db/connection.ts', OUTSIDE],
  ['electron/services/ground', '../requests/index.ts', GROUND],
  ['electron/services/ground', '../areas.ts', GROUND],
  ['electron/services/ground', '../../../db/connection.ts', OUTSIDE],
  ['electron/services/views', '../requests/index.ts', null],
  ['electron/services/views', '../ground/record.ts', null],
  ['electron/services/views', './view.service.ts', null],
  ['electron/services/views', '../../domain/dates.ts', null],
  ['electron/services/views', '../../contract/contract.ts', null],
  ['electron/services/ground', './record.ts', null],
  ['electron/services/ground', '../../domain/dates.ts', null],
  ['electron/services', './views/views.area.ts', null],
  ['renderer/src/features/users', '../session/sign-in-screen.tsx', FEATURE],
  ['renderer/src/features/users', '../../app/routes.tsx', FEATURE],
  ['renderer/src/features/users', '../../../../electron/domain/dates.ts', WIRE],
  ['renderer/src/components', '../features/users/index.ts', UNDER],
  ['renderer/src/ground', '../app/routes.tsx', UNDER],
  ['renderer/src/features/users', '../signing/index.ts', null],
  ['renderer/src/features/users', '../../ground/session.tsx', null],
  ['renderer/src/features/users', '../../../../electron/contract/contract.ts', null],
  ['renderer/src/app', '../features/users/index.ts', null],
];

interface Report {
  readonly diagnostics: readonly { readonly category: string; readonly [field: string]: unknown }[];
}

let folder: string;
let said: readonly string[];
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'esr-lint-'));
  for (const file of ['biome.json', '.gitignore'])
    copyFileSync(path.join(root, file), path.join(folder, file));
  for (const [at, [area, from]] of IMPORTS.entries()) {
    const place = path.join(folder, area);
    mkdirSync(place, { recursive: true });
    writeFileSync(
      path.join(place, `example-${at}.ts`),
      `import { one } from '${from}';\n\nexport const two = one;\n`,
    );
  }
  const { stdout } = spawnSync(
    process.execPath,
    [biome, 'lint', '.', '--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
  );
  const { diagnostics } = JSON.parse(stdout) as Report;
  said = diagnostics
    .filter(({ category }) => category.endsWith('noRestrictedImports'))
    .map((one) => JSON.stringify(one));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(IMPORTS.map(([area, from, words], at) => ({ area, from, words, at })))(
  'in $area, $from: $words',
  ({ words, at }) => {
    const about = said.filter((one) => one.includes(`example-${at}.ts`));
    if (words === null) expect(about).toEqual([]);
    else expect(about.join()).toContain(words);
  },
);
