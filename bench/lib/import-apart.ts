import { CACHE_KIB } from '../../db/connection.ts';
import { createImportBench } from '../../db/staging/testing/import-bench.ts';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';

// Imports one file into a new store in a process of its own, and prints the most memory that the process ever had, in MB.
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Say which file.');
const bench = createImportBench('bench-apart', createImportFiles());
// As a job's connection has it.
bench.store.db.pragma(`cache_size = -${CACHE_KIB.job}`);
try {
  await bench.apply(file);
  console.log(Math.round(process.resourceUsage().maxRSS / 1024));
} finally {
  bench.close();
}
