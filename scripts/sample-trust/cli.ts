import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateSampleTrust, type SampleFileWriter, type SampleTrustOptions } from './generate.ts';
import type { DateSpelling, NumberSpelling } from './options.ts';

const USAGE =
  'Usage: cli.ts --people N --seed S --out DIR [--as-of YYYY-MM-DD] [--requests N] [--vpd 919] [--later-run YYYY-MM-DDTHH:mm] [--grown-layout] [--other-records] [--dates esr|oracle|day-first|iso|serial] [--numbers plain|decimal|thousands|apostrophe|formula|spaced|mixed]';

function toFolder(folder: string): SampleFileWriter {
  mkdirSync(folder, { recursive: true });
  return (name, pieces) => {
    const file = openSync(join(folder, name), 'w');
    try {
      for (const piece of pieces) {
        for (let at = 0; at < piece.byteLength; ) at += writeSync(file, piece, at);
      }
    } finally {
      closeSync(file);
    }
  };
}

function readOptions(): { readonly options: SampleTrustOptions; readonly out: string } {
  const { values } = parseArgs({
    options: {
      people: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
      'as-of': { type: 'string' },
      requests: { type: 'string' },
      vpd: { type: 'string' },
      'later-run': { type: 'string' },
      'grown-layout': { type: 'boolean' },
      'other-records': { type: 'boolean' },
      dates: { type: 'string' },
      numbers: { type: 'string' },
    },
  });
  const { people, seed, out } = values;
  if (people === undefined || seed === undefined || out === undefined) throw new Error(USAGE);
  return {
    out,
    options: {
      people: Number(people),
      seed: Number(seed),
      ...(values['as-of'] === undefined ? {} : { asOf: values['as-of'] }),
      ...(values.requests === undefined ? {} : { requests: Number(values.requests) }),
      ...(values.vpd === undefined ? {} : { vpd: values.vpd }),
      ...(values['later-run'] === undefined ? {} : { laterRun: values['later-run'] }),
      grownLayout: values['grown-layout'] ?? false,
      otherRecords: values['other-records'] ?? false,
      // Whatever else is said is refused where the options are completed.
      ...(values.dates === undefined ? {} : { dates: values.dates as DateSpelling }),
      ...(values.numbers === undefined ? {} : { numbers: values.numbers as NumberSpelling }),
    },
  };
}

try {
  const { options, out } = readOptions();
  const { files, counts } = generateSampleTrust(options, toFolder(out));
  console.log(`Wrote ${files.length + 1} files for ${counts.people} people to ${out}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
