import type {
  ColumnMapping,
  DateChoices,
  DateColumn,
  DateForm,
  ImportKind,
  ImportOptions,
  ImportOutcome,
  ImportPreview,
  InspectedTable,
} from '../../../../electron/contract/imports.contract.ts';

export interface OfferedFile {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number;
  readonly looksLike: ImportKind | null;
}

export interface Refusal {
  readonly fileName: string;
  readonly message: string;
  readonly correlationId: string | null;
  /** The file is no longer the one that was checked, so it must be checked again before anything is written. */
  readonly changed: boolean;
}

/** What the person is saying about one file before it is checked. */
export interface Draft {
  readonly file: OfferedFile;
  readonly kind: ImportKind | null;
  readonly table: InspectedTable | null;
  readonly mapping: ColumnMapping;
  /** What the whole of each date column shows; null while it is being read. */
  readonly dates: readonly DateColumn[] | null;
  /** How date columns are written, where the person says it. */
  readonly dateChoices: DateChoices;
  /** The value of the date-time box, and what the file itself would put there; empty where it does not say. */
  readonly takenAt: string;
  readonly fileTakenAt: string;
}

/** What the person says of a file that was checked, before it is imported. */
export interface Said {
  readonly startingPosition: boolean | null;
  /** Why the file is taken, where the preview asks. */
  readonly reason: string;
}
export const NOTHING_SAID: Said = { startingPosition: null, reason: '' };

export type Step =
  | { readonly at: 'idle' }
  | { readonly at: 'draft'; readonly draft: Draft; readonly reading: boolean }
  | { readonly at: 'checking'; readonly draft: Draft }
  | {
      readonly at: 'checked';
      readonly draft: Draft;
      readonly preview: ImportPreview;
      readonly said: Said;
    }
  | {
      readonly at: 'importing';
      readonly draft: Draft;
      readonly preview: ImportPreview;
      readonly said: Said;
    }
  | {
      readonly at: 'done';
      readonly fileName: string;
      readonly kind: ImportKind;
      readonly outcome: ImportOutcome;
    };

export interface ImportFlow {
  readonly step: Step;
  /** The name of a file that is being looked at; the step stays as it is until we know what it is. */
  readonly offering: string | null;
  readonly refusal: Refusal | null;
  /** A plain word after a cancel: nothing was written. */
  readonly cancelled: boolean;
}

export type ImportEvent =
  | { readonly type: 'offer'; readonly fileName: string }
  | { readonly type: 'offered'; readonly file: OfferedFile }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'chooseKind'; readonly kind: ImportKind }
  | {
      readonly type: 'tableRead';
      readonly fileId: string;
      readonly table: InspectedTable;
      readonly takenAt: string;
    }
  | { readonly type: 'map'; readonly field: string; readonly header: string | null }
  | { readonly type: 'datesRead'; readonly asked: DatesAsked; readonly columns: readonly DateColumn[] }
  | { readonly type: 'sayDateForm'; readonly field: string; readonly form: DateForm | null }
  | { readonly type: 'sayTakenAt'; readonly value: string }
  | { readonly type: 'check' }
  | { readonly type: 'checked'; readonly preview: ImportPreview }
  | { readonly type: 'sayStartingPosition'; readonly value: boolean }
  | { readonly type: 'sayReason'; readonly value: string }
  | { readonly type: 'import' }
  | { readonly type: 'imported'; readonly outcome: ImportOutcome }
  | { readonly type: 'stopped' }
  | { readonly type: 'back' }
  | { readonly type: 'close' }
  | { readonly type: 'dismissRefusal' };

/** The file and columns of which the dates were asked: an answer about others is let go. */
export interface DatesAsked {
  readonly fileId: string;
  readonly kind: ImportKind;
  readonly mapping: ColumnMapping;
}

export const INITIAL_FLOW: ImportFlow = {
  step: { at: 'idle' },
  offering: null,
  refusal: null,
  cancelled: false,
};

/** A GO file has its own form and a JSON OneForm names its own fields; everything else is a table with columns to map. */
export const isTable = (kind: ImportKind | null, fileName: string): boolean =>
  kind !== null && kind !== 'go' && !(kind === 'oneforms' && /\.json$/i.test(fileName));

const newDraft = (file: OfferedFile): Draft => ({
  file,
  kind: file.looksLike,
  table: null,
  mapping: {},
  dates: null,
  dateChoices: {},
  takenAt: '',
  fileTakenAt: '',
});

const draftStep = (draft: Draft): Step => ({
  at: 'draft',
  draft,
  reading: isTable(draft.kind, draft.file.name) && draft.table === null,
});

/** One column serves one field: choosing it for another takes it from the first. */
export const withColumn = (mapping: ColumnMapping, field: string, header: string | null): ColumnMapping =>
  Object.fromEntries([
    ...Object.entries(mapping).filter(([f, h]) => f !== field && h !== header),
    ...(header === null ? [] : [[field, header]]),
  ]);

/** A refusal or a cancel brings the person back to where they can change something, with nothing they said lost. */
const backOne = (step: Step): Step => {
  switch (step.at) {
    case 'checking':
    case 'checked':
      return { at: 'draft', draft: step.draft, reading: false };
    case 'importing':
      return {
        at: 'checked',
        draft: step.draft,
        preview: step.preview,
        said: step.said,
      };
    case 'draft':
      return { ...step, reading: false };
    case 'idle':
    case 'done':
      return step;
    default:
      return step satisfies never;
  }
};

/** Another file that is refused touches nothing; a file in hand goes back to where something can be changed. */
const afterRefusal = (flow: ImportFlow, refusal: Refusal): Step => {
  if (flow.offering !== null) return flow.step;
  const back = backOne(flow.step);
  return refusal.changed ? backOne(back) : back;
};

/** While the program works on a file no other one is taken. */
export const isBusy = (flow: ImportFlow): boolean =>
  flow.step.at === 'checking' || flow.step.at === 'importing';

const onDraft = (flow: ImportFlow, change: (draft: Draft) => Draft): ImportFlow =>
  flow.step.at === 'draft' ? { ...flow, step: { ...flow.step, draft: change(flow.step.draft) } } : flow;

const onSaid = (flow: ImportFlow, said: Partial<Said>): ImportFlow =>
  flow.step.at === 'checked'
    ? { ...flow, step: { ...flow.step, said: { ...flow.step.said, ...said } } }
    : flow;

const onTableRead = (flow: ImportFlow, event: Extract<ImportEvent, { type: 'tableRead' }>): ImportFlow => {
  if (flow.step.at !== 'draft' || flow.step.draft.file.fileId !== event.fileId) return flow;
  const draft = {
    ...flow.step.draft,
    table: event.table,
    mapping: event.table.suggestion,
    dates: null,
    dateChoices: {},
    takenAt: event.takenAt,
    fileTakenAt: event.takenAt,
  };
  return { ...flow, step: { at: 'draft', draft, reading: false } };
};

/** Another column for a field of dates has other dates: what was said of the first is not said of it. */
const withMapping = (draft: Draft, field: string, header: string | null): Draft => {
  const mapping = withColumn(draft.mapping, field, header);
  if (sameDates(draft, mapping)) return { ...draft, mapping };
  const kept = Object.entries(draft.dateChoices).filter(([f]) => mapping[f] === draft.mapping[f]);
  return { ...draft, mapping, dates: null, dateChoices: Object.fromEntries(kept) };
};

/** Whether the same columns are read as dates under another mapping. */
const sameDates = ({ table, mapping }: Draft, other: ColumnMapping): boolean =>
  (table?.fields ?? []).every(({ field, date }) => date !== true || mapping[field] === other[field]);

const onDatesRead = (draft: Draft, { asked, columns }: Extract<ImportEvent, { type: 'datesRead' }>): Draft =>
  asked.fileId === draft.file.fileId && asked.kind === draft.kind && sameDates(draft, asked.mapping)
    ? { ...draft, dates: columns }
    : draft;

const withDateForm = (draft: Draft, field: string, form: DateForm | null): Draft => ({
  ...draft,
  dateChoices: Object.fromEntries([
    ...Object.entries(draft.dateChoices).filter(([f]) => f !== field),
    ...(form === null ? [] : [[field, form] as const]),
  ]),
});

/** The import screen as a pure machine: an event that does not fit the step changes nothing. */
export const importFlow = (flow: ImportFlow, event: ImportEvent): ImportFlow => {
  const { step } = flow;
  switch (event.type) {
    case 'offer':
      if (isBusy(flow)) return flow;
      return { ...flow, offering: event.fileName, refusal: null, cancelled: false };
    case 'offered':
      if (isBusy(flow)) return flow;
      return { ...INITIAL_FLOW, step: draftStep(newDraft(event.file)) };
    case 'refused':
      return { ...INITIAL_FLOW, step: afterRefusal(flow, event.refusal), refusal: event.refusal };
    case 'chooseKind':
      if (step.at !== 'draft') return flow;
      return { ...flow, refusal: null, step: draftStep({ ...newDraft(step.draft.file), kind: event.kind }) };
    case 'tableRead':
      return onTableRead(flow, event);
    case 'map':
      return onDraft(flow, (d) => withMapping(d, event.field, event.header));
    case 'datesRead':
      return onDraft(flow, (d) => onDatesRead(d, event));
    case 'sayDateForm':
      return onDraft(flow, (d) => withDateForm(d, event.field, event.form));
    case 'sayTakenAt':
      return onDraft(flow, (d) => ({ ...d, takenAt: event.value }));
    case 'check':
      if (step.at !== 'draft') return flow;
      return { ...INITIAL_FLOW, step: { at: 'checking', draft: step.draft } };
    case 'checked':
      if (step.at !== 'checking') return flow;
      return {
        ...flow,
        step: { at: 'checked', draft: step.draft, preview: event.preview, said: NOTHING_SAID },
      };
    case 'sayStartingPosition':
      return onSaid(flow, { startingPosition: event.value });
    case 'sayReason':
      return onSaid(flow, { reason: event.value });
    case 'import':
      return step.at === 'checked'
        ? { ...flow, refusal: null, cancelled: false, step: { ...step, at: 'importing' } }
        : flow;
    case 'imported':
      if (step.at !== 'importing') return flow;
      return {
        ...INITIAL_FLOW,
        step: { at: 'done', fileName: step.draft.file.name, kind: step.preview.kind, outcome: event.outcome },
      };
    case 'stopped':
      return { step: backOne(step), offering: null, refusal: null, cancelled: true };
    case 'back':
      return { ...flow, refusal: null, cancelled: false, step: backOne(step) };
    case 'close':
      return INITIAL_FLOW;
    case 'dismissRefusal':
      return { ...flow, refusal: null };
    default:
      return event satisfies never;
  }
};

/** What still has to be said before the file can be checked, in words; empty when nothing. */
export const stillToSay = (draft: Draft): readonly string[] => {
  if (draft.kind === null) return ['Say what kind of file this is.'];
  if (!isTable(draft.kind, draft.file.name)) return [];
  if (draft.table === null) return ['The columns have not been read yet.'];
  const missing = draft.table.fields.filter(
    (f) => isNeeded(draft, f) && draft.mapping[f.field] === undefined,
  );
  return [
    ...missing.map((f) => `Choose the column for “${f.label}”.`),
    ...(draft.dates === null ? ['The dates are still being read.'] : unsaidDates(draft, draft.dates)),
    ...(hasMoment(draft) && draft.takenAt === '' ? ['Say when the extract was taken.'] : []),
  ];
};

const unsaidDates = (draft: Draft, dates: readonly DateColumn[]): readonly string[] =>
  dates
    .filter(({ field, state }) => state === 'asks' && draft.dateChoices[field] === undefined)
    .map(({ header }) => `Say how the dates of “${header}” are written.`);

/** A field that another one makes unnecessary is asked only where the file has neither. */
export const isNeeded = ({ mapping }: Draft, field: InspectedTable['fields'][number]): boolean =>
  field.required && !(field.unless !== undefined && mapping[field.unless] !== undefined);

/** A OneForm carries its own times; the other tables prove something only with the time they were taken. */
export const hasMoment = (draft: Draft): boolean =>
  isTable(draft.kind, draft.file.name) && draft.kind !== 'oneforms' && draft.table !== null;

/** Whether the person says another moment than the file. */
export const isMomentTyped = (draft: Draft): boolean => draft.takenAt !== draft.fileTakenAt;

/** The options for the dry run; `takenAt` is what the person said, null where the file's own moment stands. */
export const optionsOf = (
  draft: Draft,
  { startingPosition, reason }: Said,
  toInstant: (boxValue: string) => string | null,
): ImportOptions | null => {
  if (draft.kind === null) return null;
  const table = isTable(draft.kind, draft.file.name);
  return {
    fileId: draft.file.fileId,
    kind: draft.kind,
    mapping: table ? draft.mapping : null,
    dates: table ? draft.dateChoices : null,
    takenAt: hasMoment(draft) && isMomentTyped(draft) ? toInstant(draft.takenAt) : null,
    startingPosition,
    reason: reason.trim() === '' ? null : reason.trim(),
  };
};

/** The contract's limit: three letters at least. */
const SHORTEST_REASON = 3;

/** What still has to be said before the file can be imported, in words; empty when nothing. */
export const stillToSayOf = (preview: ImportPreview, said: Said): readonly string[] => [
  ...(preview.asksStartingPosition && said.startingPosition === null
    ? ['Say first how to take what ESR already shows.']
    : []),
  ...(preview.asksReason.length > 0 && said.reason.trim().length < SHORTEST_REASON
    ? ['Say first why the file is taken.']
    : []),
];
