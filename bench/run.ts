import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openRun } from '../e2e/support/run.ts';
import { benchCard } from './card.ts';
import { benchColdStart } from './cold-start.ts';
import { benchImport } from './import.ts';
import { benchJudging } from './judging.ts';
import { benchLedger } from './ledger.ts';
import { type Figure, judge, loadNow, table, writeResults } from './lib/report.ts';
import { type Bench, makeTools, type Options } from './lib/tools.ts';
import { benchMemory } from './memory.ts';
import { benchPeople } from './people.ts';
import { benchQueue } from './queue.ts';
import { benchSession } from './session.ts';

const BENCHES: Readonly<
  Record<string, { readonly runs: number; readonly work: (bench: Bench) => Promise<readonly Figure[]> }>
> = {
  'cold-start': { runs: 7, work: benchColdStart },
  memory: { runs: 5, work: benchMemory },
  import: { runs: 5, work: benchImport },
  people: { runs: 3, work: benchPeople },
  queue: { runs: 40, work: benchQueue },
  session: { runs: 15, work: benchSession },
  card: { runs: 15, work: benchCard },
  ledger: { runs: 5, work: benchLedger },
  judging: { runs: 5, work: benchJudging },
};

const USAGE = `npm run bench -- [--only ${Object.keys(BENCHES).join('|')}] [--runs N] [--people N] [--requests N] [--program DIR]`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      runs: { type: 'string' },
      people: { type: 'string' },
      requests: { type: 'string' },
      program: { type: 'string' },
    },
  });
  const count = (text: string | undefined, otherwise: number): number => {
    const number = text === undefined ? otherwise : Number(text);
    if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is no count.\n${USAGE}`);
    return number;
  };
  const only = values.only ?? Object.keys(BENCHES);
  for (const name of only)
    if (!(name in BENCHES)) throw new Error(`There is no benchmark “${name}”.\n${USAGE}`);
  return {
    only,
    runs: values.runs === undefined ? null : count(values.runs, 1),
    people: count(values.people, 30_000),
    requests: count(values.requests, 50_000),
    program: values.program ?? null,
  };
}

const GROUP = '/proc/self/autogroup';

/**
 * Takes the processor before whatever else runs here, for both sides of every comparison alike. Answers how to give it back.
 * Only root may, and only where the kernel groups processes by session.
 */
function takePriority(): () => void {
  if (process.getuid?.() !== 0 || !existsSync(GROUP)) return () => undefined;
  const before = /nice (-?\d+)/.exec(readFileSync(GROUP, 'utf8'))?.[1] ?? '0';
  writeFileSync(GROUP, '-15');
  return () => writeFileSync(GROUP, before);
}

async function main(): Promise<void> {
  const { only, runs, program, ...sizes } = readOptions();
  const say = (line: string): void => console.log(`bench   ${line}`);
  const at = new Date();
  const loadBefore = loadNow();
  const giveBack = takePriority();
  const run = await openRun();
  const options: Options = { ...sizes, program: program ?? run.app };
  const tools = makeTools(run, options, say);
  const closeAll = async (): Promise<void> => {
    await tools.close();
    await run.close();
    giveBack();
  };
  const interrupt = (): void => {
    closeAll().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const figures: Figure[] = [];
    for (const name of only) {
      const bench = BENCHES[name];
      if (bench === undefined) continue;
      say(`${name} (load ${loadNow().join(' ')})`);
      figures.push(
        ...(await bench.work({ tools, options, runs: runs ?? bench.runs, say: (line) => say(`  ${line}`) })),
      );
    }
    const results = figures.map(judge);
    console.log(`\n${table(results)}\n`);
    const folder = path.join(import.meta.dirname, 'results');
    const facts = { loadBefore, options: { ...sizes, runs, only } };
    say(`${path.relative(process.cwd(), writeResults(folder, at, facts, results))} holds every value.`);
  } finally {
    await closeAll();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
