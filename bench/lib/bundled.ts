import path from 'node:path';
import { build } from 'vite';

/**
 * A script with all that it imports as one file of plain JavaScript, as the program ships. Loaded as TypeScript file by file, modules
 * take some 120 MB that the program never has. Answers the file's path.
 */
export async function bundle(entry: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'own-folder',
        // Each module still finds its files beside itself.
        transform: (code, id) =>
          id.endsWith('.ts')
            ? code.replaceAll('import.meta.dirname', JSON.stringify(path.dirname(id)))
            : null,
      },
    ],
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: { ssr: entry, outDir, emptyOutDir: true, minify: false },
  });
  return path.join(outDir, `${path.basename(entry, '.ts')}.js`);
}
