import { describe, expect, it } from 'vitest';
import type {
  DateColumn,
  ImportOutcome,
  ImportPreview,
  InspectedTable,
} from '../../../../electron/contract/imports.contract.ts';
import {
  type Draft,
  type ImportEvent,
  INITIAL_FLOW,
  importFlow,
  isTable,
  NOTHING_SAID,
  optionsOf,
  stillToSay,
  stillToSayOf,
  withColumn,
} from './import-flow.ts';

const file = { fileId: 'f1', name: 'holdings.csv', bytes: 10, looksLike: 'holdings' as const };
const table: InspectedTable = {
  headers: ['Emp No', 'URP'],
  sample: [],
  headerLine: 3,
  encoding: 'windows-1252',
  delimiter: ',',
  fields: [
    { field: 'employeeNumber', label: 'Employee number', required: true, hint: '', unless: 'username' },
    { field: 'urp', label: 'URP', required: true, hint: '' },
    { field: 'startDate', label: 'Start date', required: false, hint: '', date: true },
  ],
  suggestion: { employeeNumber: 'Emp No' },
  remembered: false,
  takenAt: null,
};
const asking: DateColumn = {
  field: 'startDate',
  header: 'From',
  form: null,
  state: 'asks',
  sentence: 'Say.',
  unread: 0,
  choices: [],
};
const draft: Draft = {
  file,
  kind: 'holdings',
  table,
  mapping: table.suggestion,
  dates: [],
  dateChoices: {},
  takenAt: '',
  fileTakenAt: '',
};
const preview = {
  kind: 'holdings',
  asksStartingPosition: true,
  asksReason: [] as const,
} as unknown as ImportPreview;
const refusal = { fileName: 'bad.bin', message: 'It is empty.', correlationId: null, changed: false };
const run = (...events: readonly ImportEvent[]) => events.reduce(importFlow, INITIAL_FLOW);
const read: readonly ImportEvent[] = [
  { type: 'offer', fileName: file.name },
  { type: 'offered', file },
  { type: 'tableRead', fileId: 'f1', table, takenAt: '2026-11-20T09:00' },
];

describe('the import flow', () => {
  it('goes from the file to the outcome', () => {
    const outcome = { sentence: 'Done.' } as ImportOutcome;
    const end = run(
      ...read,
      { type: 'map', field: 'urp', header: 'URP' },
      { type: 'check' },
      { type: 'checked', preview },
      { type: 'sayStartingPosition', value: true },
      { type: 'import' },
      { type: 'imported', outcome },
    );
    expect(end.step).toEqual({ at: 'done', fileName: 'holdings.csv', kind: 'holdings', outcome });
  });

  it('asks why a file is taken out of turn, and sends the reason without the blanks round it', () => {
    const asking = {
      ...preview,
      asksStartingPosition: false,
      asksReason: [{ why: 'out-of-turn' as const, sentence: 'Run 120, but run 102 is due.' }],
    };
    const flow = run(
      ...read,
      { type: 'check' },
      { type: 'checked', preview: asking },
      { type: 'sayReason', value: '  Runs 102 to 119 were lost. ' },
    );
    if (flow.step.at !== 'checked') throw new Error('the file is not checked');
    expect(stillToSayOf(asking, { ...NOTHING_SAID, reason: ' a ' })).toHaveLength(1);
    expect(stillToSayOf(asking, flow.step.said)).toEqual([]);
    expect(optionsOf(flow.step.draft, flow.step.said, () => null)).toMatchObject({
      reason: 'Runs 102 to 119 were lost.',
    });
    // What was said is not lost by a cancel, and does not go over to another file.
    const again = importFlow(importFlow(flow, { type: 'import' }), { type: 'stopped' });
    expect(again.step).toMatchObject({ said: { reason: '  Runs 102 to 119 were lost. ' } });
    expect(importFlow(importFlow(again, { type: 'back' }), { type: 'check' }).step).not.toHaveProperty(
      'said',
    );
  });

  it('keeps the file in hand when another one is refused', () => {
    const flow = run(...read, { type: 'offer', fileName: 'bad.bin' }, { type: 'refused', refusal });
    expect(flow.refusal).toEqual(refusal);
    expect(flow.step).toMatchObject({ at: 'draft', draft: { takenAt: '2026-11-20T09:00', table } });
  });

  it('keeps what was said when the check is refused, and when the import is cancelled', () => {
    const checking = [...read, { type: 'sayTakenAt', value: '2026-11-19T08:00' }, { type: 'check' }] as const;
    expect(run(...checking, { type: 'refused', refusal }).step).toMatchObject({
      at: 'draft',
      draft: { takenAt: '2026-11-19T08:00' },
    });
    const stopped = run(
      ...checking,
      { type: 'checked', preview },
      { type: 'sayStartingPosition', value: false },
      { type: 'import' },
      { type: 'stopped' },
    );
    expect(stopped).toMatchObject({
      cancelled: true,
      step: { at: 'checked', said: { startingPosition: false } },
    });
  });

  it('keeps a checked file as it is when another one is refused', () => {
    const flow = run(
      ...read,
      { type: 'check' },
      { type: 'checked', preview },
      { type: 'offer', fileName: 'bad.bin' },
      { type: 'refused', refusal },
    );
    expect(flow).toMatchObject({ refusal, offering: null, step: { at: 'checked' } });
  });

  it('takes no other file while it works on one', () => {
    const busy = run(...read, { type: 'check' });
    const other = { type: 'offered', file: { ...file, fileId: 'f9' } } as const;
    expect(importFlow(importFlow(busy, { type: 'offer', fileName: 'x' }), other)).toEqual(busy);
  });

  it('has a file that changed meanwhile checked again before it may be imported', () => {
    const flow = run(
      ...read,
      { type: 'check' },
      { type: 'checked', preview },
      { type: 'import' },
      { type: 'refused', refusal: { ...refusal, changed: true } },
    );
    expect(flow.step.at).toBe('draft');
  });

  it('never answers the starting position by itself', () => {
    const flow = run(...read, { type: 'check' }, { type: 'checked', preview });
    expect(flow.step).toMatchObject({ said: NOTHING_SAID });
    expect(stillToSayOf(preview, NOTHING_SAID)).toHaveLength(1);
    expect(stillToSayOf(preview, { ...NOTHING_SAID, startingPosition: false })).toEqual([]);
    expect(stillToSayOf({ ...preview, asksStartingPosition: false }, NOTHING_SAID)).toEqual([]);
  });

  it('ignores the columns of a file that is no longer in hand', () => {
    const late = run(
      { type: 'offered', file: { ...file, fileId: 'f2' } },
      { type: 'tableRead', fileId: 'f1', table, takenAt: '' },
    );
    expect(late.step).toMatchObject({ at: 'draft', draft: { table: null }, reading: true });
  });

  it('ignores an answer that does not fit the step', () => {
    expect(run({ type: 'checked', preview })).toEqual(INITIAL_FLOW);
    expect(run({ type: 'import' })).toEqual(INITIAL_FLOW);
  });

  it('says what is missing, in words', () => {
    expect(stillToSay(draft)).toEqual(['Choose the column for “URP”.', 'Say when the extract was taken.']);
    expect(stillToSay({ ...draft, kind: null })).toEqual(['Say what kind of file this is.']);
    expect(stillToSay({ ...draft, takenAt: '2026-11-20T09:00' })).toEqual(['Choose the column for “URP”.']);
    expect(stillToSay({ ...draft, mapping: { urp: 'URP' }, takenAt: 'x', dates: null })).toEqual([
      'Choose the column for “Employee number”.',
      'The dates are still being read.',
    ]);
  });

  it('asks for no employee number where the file has usernames', () => {
    const mapping = { urp: 'URP', username: 'User' };
    expect(stillToSay({ ...draft, mapping, takenAt: '2026-11-20T09:00' })).toEqual([]);
  });

  it('has the person say how dates are written that can be read two ways, and keeps it with its column', () => {
    const asked = { fileId: 'f1', kind: 'holdings', mapping: table.suggestion } as const;
    const start = run(
      ...read,
      { type: 'map', field: 'urp', header: 'URP' },
      { type: 'datesRead', asked, columns: [] },
      { type: 'map', field: 'startDate', header: 'From' },
    );
    // Another column is read anew, and an answer about the columns before comes too late.
    const late = importFlow(start, { type: 'datesRead', asked, columns: [] });
    expect(late.step).toMatchObject({ draft: { dates: null } });
    const mapping = { ...table.suggestion, urp: 'URP', startDate: 'From' };
    const flow = importFlow(start, { type: 'datesRead', asked: { ...asked, mapping }, columns: [asking] });
    const said = importFlow(flow, { type: 'sayDateForm', field: 'startDate', form: 'month-first' });
    const words = (one: typeof flow) => (one.step.at === 'draft' ? stillToSay(one.step.draft) : null);
    expect(words(flow)).toEqual(['Say how the dates of “From” are written.']);
    expect(words(said)).toEqual([]);
    expect(said.step.at === 'draft' && optionsOf(said.step.draft, NOTHING_SAID, () => null)).toMatchObject({
      dates: { startDate: 'month-first' },
    });
    const other = importFlow(said, { type: 'map', field: 'startDate', header: 'To' });
    expect(other.step).toMatchObject({ draft: { dates: null, dateChoices: {} } });
  });

  it('gives one column to one field only', () => {
    expect(withColumn({ a: 'X', b: 'Y' }, 'b', 'X')).toEqual({ b: 'X' });
    expect(withColumn({ a: 'X' }, 'a', null)).toEqual({});
  });

  it('sends a mapping for tables only, and a moment only where the person says another than the file', () => {
    const toInstant = (v: string) => (v === '' ? null : `${v}:00.000Z`);
    const go: Draft = { ...draft, file: { ...file, name: 'GO.DAT' }, kind: 'go', table: null, mapping: {} };
    expect(optionsOf(go, NOTHING_SAID, toInstant)).toMatchObject({
      mapping: null,
      dates: null,
      takenAt: null,
    });
    const typed = { ...draft, mapping: { urp: 'URP' }, takenAt: '2026-11-20T09:00' };
    expect(optionsOf(typed, { ...NOTHING_SAID, startingPosition: true }, toInstant)).toMatchObject({
      mapping: { urp: 'URP' },
      takenAt: '2026-11-20T09:00:00.000Z',
      startingPosition: true,
    });
    const own = { ...typed, fileTakenAt: '2026-11-20T09:00' };
    expect(optionsOf(own, NOTHING_SAID, toInstant)?.takenAt).toBeNull();
    expect(isTable('oneforms', 'forms.JSON')).toBe(false);
    expect(isTable('oneforms', 'forms.csv')).toBe(true);
  });
});
