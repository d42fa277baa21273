import { remarksOnText } from '../../domain/register/odd-text.ts';
import type { FileFacts, OneFormsFile, PassedOver, TableShape } from './import-ports.ts';

/** Lines told of what was passed over; the rest is counted. */
const TOLD = 5;

/** What a person should know of a table's text that is no row of it. */
export function openTableRemarks({ headers, delimiter }: TableShape) {
  const passed = { words: [] as number[], 'header-again': [] as number[], rule: [] as number[] };
  return {
    passed: ({ line, lastLine, what }: PassedOver): void => {
      for (let one = line; one <= lastLine; one++) passed[what].push(one);
    },
    sentences: (facts: FileFacts): readonly string[] => [
      ...below(passed.words),
      ...again(passed['header-again']),
      ...ruled(passed.rule),
      ...remarksOnText(facts.odd, (before) => headers[before.split(delimiter).length - 1] ?? null),
    ],
  };
}

function below(lines: readonly number[]): readonly string[] {
  if (lines.length === 0) return [];
  return [`${onLines(lines)} below the last row: words, and no row. Passed over.`];
}

function again(lines: readonly number[]): readonly string[] {
  if (lines.length === 0) return [];
  return [`${onLines(lines)}: the column names once more. Passed over.`];
}

function ruled(lines: readonly number[]): readonly string[] {
  if (lines.length === 0) return [];
  return [`${onLines(lines)}: a ruled line or a page number. Passed over.`];
}

function onLines(lines: readonly number[]): string {
  if (lines.length === 1) return `Line ${lines[0]}`;
  const told = lines.slice(0, TOLD).map(String);
  const last = lines.length > TOLD ? `${lines.length - TOLD} more` : told.pop();
  return `Lines ${told.join(', ')} and ${last}`;
}

const NAMED = 8;

/** Fields that were let go are named in one sentence; a name is told only where it reads like one. */
export function remarksOnJson({ unknownFields, remarks, facts }: OneFormsFile): readonly string[] {
  const text = [...remarks, ...remarksOnText(facts.odd)];
  if (unknownFields.length === 0) return text;
  const names = unknownFields.filter((name) => /^[A-Za-z][\w .-]{0,59}$/.test(name)).slice(0, NAMED);
  const others = unknownFields.length - names.length;
  const list = [...names, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  const what = unknownFields.length === 1 ? 'One field is' : `${unknownFields.length} fields are`;
  return [`${what} not known here and let go: ${list}.`, ...text];
}
