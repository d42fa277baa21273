import { chmodSync, closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportKind } from '../../electron/contract/imports.contract.ts';
import { generateSampleTrust } from '../../scripts/sample-trust/generate.ts';
import { sampleFile } from '../support/main-job.ts';
import type { OwnFiles } from './own-files.ts';

export const GO_FULL = 'GO_919_TST_GOF_20261102_00000101.DAT';
export const GO_CHANGES = 'GO_919_TST_GOC_20261109_00000102.DAT';

export interface BadFile {
  readonly what: string;
  readonly file: string;
  /** What the person says it is, where the program does not see it by itself. */
  readonly kind?: ImportKind;
  /** Sentence, then next step. */
  readonly says: RegExp;
}

const MIB = 1024 * 1024;
const HOLDINGS_HEAD =
  'Active Responsibilities\r\nRun date: 02-Nov-2026 07:15\r\nEmployee Number,User Name,Full Name,Responsibility\r\n';
const HOLDINGS_ROW = '23030721,919SCLAYTON01,"Clayton, Sin",919 Employee Self Service\r\n';

/** Every file of another run, name or trust that the sample can be turned into: `[what it says, what it is to say]`. */
const goLike = (name: string, changes: readonly (readonly [string, string])[]): string =>
  changes.reduce((text, [from, to]) => text.replaceAll(from, to), readFileSync(sampleFile(name), 'utf8'));

/** The full file of a trust of the sample's kind. */
export function goOf(options: Parameters<typeof generateSampleTrust>[0]): {
  readonly name: string;
  readonly content: Buffer;
} {
  let found: { readonly name: string; readonly content: Buffer } | undefined;
  generateSampleTrust(options, (name, pieces) => {
    const bytes = [...pieces];
    if (/_GOF_/.test(name)) found = { name, content: Buffer.concat(bytes) };
  });
  if (found === undefined) throw new Error('the sample has no full file');
  return found;
}

function sparse(files: OwnFiles, name: string, bytes: number): string {
  const at = path.join(files.folder, name);
  const fd = openSync(at, 'w');
  ftruncateSync(fd, bytes);
  closeSync(fd);
  chmodSync(at, 0o644);
  return at;
}

/** One of each kind of file that must be refused, for a store of VPD 919 whose last GO run is 101. */
export function badFiles(files: OwnFiles): readonly BadFile[] {
  const full = goLike(GO_FULL, []);
  const other = goOf({ people: 200, seed: 3, vpd: '321' });
  const gap = 'GO_919_TST_GOC_20261116_00000104.DAT';
  const holdings = readFileSync(sampleFile('holdings-1.csv'), 'utf8');
  const copy = (name: string, content: string | Buffer, inside: string) => files.write(name, content, inside);
  return [
    {
      what: 'empty',
      file: copy('holdings.csv', '', 'empty'),
      says: /The file is empty\. Export the file again/,
    },
    {
      what: 'binary',
      file: copy('holdings.csv', Buffer.from('504b030414000000080000002100b1ab', 'hex'), 'binary'),
      says: /The file is not a text file\. Choose the exported file itself/,
    },
    {
      what: 'larger than the limit',
      file: sparse(files, 'large.csv', 16 * 1024 * MIB + 1),
      says: /The file is larger than 16 GB, the most this program reads\. Check that it is the right file/,
    },
    {
      what: 'UTF-16',
      file: copy('holdings.csv', Buffer.from(`\ufeff${holdings}`, 'utf16le'), 'utf16'),
      says: /UTF-16.*Export it again as CSV in UTF-8/,
    },
    {
      what: 'wrong delimiter',
      file: copy(GO_FULL, full.replaceAll('~', ','), 'delimiter'),
      says: /not separated by "~"\. Choose the file that ESR sent/,
    },
    {
      what: 'a GO file cut off in the middle of a row',
      file: copy(GO_FULL, full.slice(0, Math.floor(full.length / 2) + 7), 'cut-go'),
      says: /The file stops .*Ask for the file to be sent again/,
    },
    {
      what: 'a table cut off in the middle of a row',
      file: copy('holdings.csv', holdings.slice(0, holdings.indexOf('"', 5_000) + 4), 'cut-csv'),
      says: /stops in the middle of a row.*Export the file again/,
    },
    {
      what: 'wrong count',
      file: copy(GO_FULL, full.replace(/\r?\nPHA~[^\n]*/, ''), 'count'),
      says: /The last line says \d+ rows, but the file has \d+\. Ask for the file/,
    },
    {
      what: 'another trust',
      file: copy(other.name, other.content, 'other'),
      says: /belongs to the trust with VPD 321, not to 919\. Choose the file for this trust/,
    },
    {
      what: 'a gap in the runs',
      file: copy(gap, goLike(GO_CHANGES, [[GO_CHANGES, gap]]), 'gap'),
      says: /run 104, but run 102 is due\. Import the runs in order/,
    },
    {
      what: 'a name that is not its own',
      file: copy(gap, goLike(GO_CHANGES, []), 'renamed'),
      says: /name of the file is not the one in its header\. Give it back the name/,
    },
    {
      what: 'a NUL at its start',
      file: copy('holdings.csv', `${HOLDINGS_HEAD}23030721,\0,x,919 Local Reports\r\n`, 'nul'),
      says: /not a text file/,
    },
    {
      what: 'a NUL after its first megabyte',
      file: copy(
        'holdings.csv',
        `${HOLDINGS_HEAD}${HOLDINGS_ROW.repeat(Math.ceil((1.2 * MIB) / HOLDINGS_ROW.length))}\0\r\n`,
        'late-nul',
      ),
      says: /not a text file/,
    },
    {
      what: 'a line of 10 MB',
      file: copy('holdings.csv', `${HOLDINGS_HEAD}${HOLDINGS_ROW}${'x'.repeat(10 * MIB)}\r\n`, 'long'),
      says: /Line 5 is longer than 1 MB.*Export the file again/,
    },
    {
      what: 'holdings said to be a GO file',
      file: copy('holdings.csv', holdings, 'kind'),
      kind: 'go',
      says: /does not begin with the header that ESR writes\. Ask for the file to be sent again/,
    },
    {
      what: 'JSON cut off',
      file: copy('oneforms.json', '{"source":"Service Desk portal","forms":[{"reference":"SR1"', 'json'),
      says: /stops in the middle of a row, so part of it is missing\. Export the file again/,
    },
    {
      what: 'JSON with a slip in it',
      file: copy('oneforms.json', '{"source":"Service Desk portal","forms":[oops]}', 'slip'),
      says: /not valid JSON\. Export the file again/,
    },
    {
      what: 'JSON of another kind',
      file: copy('oneforms.json', '{"forms":{"one":1}}', 'shape'),
      says: /not an export of OneForms.*Check that it is the OneForm export/,
    },
    {
      what: 'prose',
      file: copy('notes.txt', 'Only a few words.\r\nAnd some more of them.\r\n', 'prose'),
      kind: 'training',
      says: /No row of column names was found in the file\. Check that it is the right export/,
    },
  ];
}
