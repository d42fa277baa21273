import { addDays, isoLocal, type LocalMoment, ukLocal, weekday } from './dates.ts';
import { displayName, isCurrent, lineManagerOf, type Person, type Trust } from './model.ts';
import { createRandom, type Random } from './prng.ts';
import type { Story } from './story.ts';
import { csvLine, type TextFile } from './text-files.ts';
import { COMMONLY_ASKED } from './urps.ts';

export const ONEFORM_HEADER =
  'Reference,Submitted At,Requester Name,Requester Employee Number,Beneficiary Number,Beneficiary Name,Access Requested,Justification,Line Manager Name,Line Manager Employee Number,Line Manager Authorised,Authorised By,Authorised By Employee Number,Authorised At,Attachments';

export interface Named {
  readonly name: string;
  readonly number: string;
}
/** One OneForm as the Service Desk portal gives it, before it is written as CSV or JSON. */
export interface OneForm {
  readonly reference: string;
  readonly submitted: LocalMoment;
  readonly requester: Named;
  readonly beneficiary: Named;
  readonly accessRequested: string;
  readonly justification: string;
  readonly lineManager: Named;
  readonly authorisation: { readonly by: Named; readonly at: LocalMoment } | null;
  readonly attachments: readonly string[];
}
/** How the forms are numbered and split: the CSV holds the earlier ones, the JSON the later ones. */
export interface FormPlan {
  readonly total: number;
  readonly inCsv: number;
  /** Story by form index. */
  readonly stories: ReadonlyMap<number, Story>;
}

const JUSTIFICATIONS = [
  'Needs to run the monthly absence and turnover reports for the department.',
  'Has taken over the duties of a colleague who moved to another team.',
  'New in post; the role description asks for this access.',
  'Records absence and annual leave for a team that is not on the e-rostering system.',
  'Cover for long-term absence, agreed at the department meeting.',
  'Approves changes for the team while the post above is vacant, for "business as usual" only.',
];
const FIRST_REFERENCE = 42_317;
const WORKING_DAYS = 30;
const DAY_START = 8 * 60;
const DAY_MINUTES = 600;

export function named(person: Person): Named {
  return { name: displayName(person), number: person.employeeNumber };
}

export function referenceOf(index: number, seed: number): string {
  // Gaps of one to three: the portal's other tickets lie in between.
  const number = FIRST_REFERENCE + index * 3 + createRandom(seed, 'reference', index).below(3);
  return `SR${String(number).padStart(7, '0')}`;
}

/** The last working days before the export, oldest first. */
function workingDays(asOf: string): readonly string[] {
  const days: string[] = [];
  for (let back = 1; days.length < WORKING_DAYS; back += 1) {
    const day = addDays(asOf, -back);
    if (weekday(day) !== 0 && weekday(day) !== 6) days.unshift(day);
  }
  return days;
}

/** Forms arrive evenly over the working days, in order of their references. */
function momentOf(index: number, total: number, days: readonly string[]): LocalMoment {
  const place = (index / total) * days.length;
  const whole = Math.floor(place);
  return { day: days[whole] ?? '', minutes: DAY_START + Math.floor((place - whole) * DAY_MINUTES) };
}

export function laterThan(moment: LocalMoment, minutes: number): LocalMoment {
  return { day: moment.day, minutes: moment.minutes + minutes };
}

function attachmentsFor(reference: string, random: Random): readonly string[] {
  const files = [`${reference}-oneform.pdf`];
  if (random.chance(25)) files.push(`${reference}-manager-email.pdf`);
  return random.chance(85) ? files : [];
}

/** An ordinary form: nine in ten are authorised by the line manager, the rest not yet. */
function ordinaryForm(trust: Trust, pool: readonly Person[], base: FormBase, random: Random): OneForm {
  const person = random.pick(pool);
  const manager = lineManagerOf(person, trust.options.asOf);
  const colleague = random.pick(pool);
  const requester = random.chance(30) && colleague !== manager ? colleague : person;
  const urp = random.pick(COMMONLY_ASKED);
  return {
    ...base,
    requester: named(requester),
    beneficiary: named(person),
    accessRequested: random.chance(20) ? `${trust.options.vpd} ${urp}` : urp,
    justification: random.pick(JUSTIFICATIONS),
    lineManager: named(manager),
    authorisation: random.chance(90)
      ? { by: named(manager), at: laterThan(base.submitted, random.between(4, 55)) }
      : null,
    attachments: attachmentsFor(base.reference, random),
  };
}

export interface FormBase {
  readonly reference: string;
  readonly submitted: LocalMoment;
}

/** Makes the forms of one range, one at a time; a story's form is made by the story. */
function* formsBetween(trust: Trust, plan: FormPlan, from: number, to: number): Generator<OneForm> {
  const { seed, asOf } = trust.options;
  const days = workingDays(asOf);
  const pool = trust.people.filter(
    (person) => person.rank !== 'chief' && isCurrent(person, asOf) && !trust.reserved.has(person),
  );
  for (let index = from; index < to; index += 1) {
    const random = createRandom(seed, 'form', index);
    const base = { reference: referenceOf(index, seed), submitted: momentOf(index, plan.total, days) };
    const story = plan.stories.get(index);
    yield story ? story.form(base) : ordinaryForm(trust, pool, base, random);
  }
}

function csvRow(form: OneForm, index: number): string {
  const written = index % 4 === 1 ? isoLocal : ukLocal;
  const { authorisation } = form;
  return csvLine([
    form.reference,
    written(form.submitted),
    form.requester.name,
    form.requester.number,
    form.beneficiary.number,
    form.beneficiary.name,
    form.accessRequested,
    form.justification,
    form.lineManager.name,
    form.lineManager.number,
    authorisation ? 'Yes' : 'No',
    authorisation?.by.name ?? '',
    authorisation?.by.number ?? '',
    authorisation ? written(authorisation.at) : '',
    form.attachments.join('; '),
  ]);
}

export function oneFormsCsv(trust: Trust, plan: FormPlan): TextFile {
  function* lines(): Generator<string> {
    yield ONEFORM_HEADER;
    let index = 0;
    for (const form of formsBetween(trust, plan, 0, plan.inCsv)) {
      yield csvRow(form, index);
      index += 1;
    }
  }
  return {
    name: 'oneforms.csv',
    lineEnd: '\r\n',
    encoding: 'utf-8',
    bom: false,
    frameLines: 1,
    lines: lines(),
  };
}

function jsonForm(form: OneForm): string {
  const { authorisation } = form;
  return JSON.stringify({
    reference: form.reference,
    submittedAt: isoLocal(form.submitted),
    requester: { name: form.requester.name, employeeNumber: form.requester.number },
    beneficiary: { number: form.beneficiary.number, name: form.beneficiary.name },
    accessRequested: form.accessRequested,
    justification: form.justification,
    lineManager: { name: form.lineManager.name, employeeNumber: form.lineManager.number },
    authorisation: authorisation
      ? {
          authorised: true,
          by: authorisation.by.name,
          byEmployeeNumber: authorisation.by.number,
          at: isoLocal(authorisation.at),
        }
      : null,
    attachments: form.attachments,
  });
}

/** The later forms, one to a line, and at the end the changed version of a form the CSV already held. */
export function oneFormsJson(trust: Trust, plan: FormPlan, changed: OneForm): TextFile {
  function* lines(): Generator<string> {
    const exportedAt = isoLocal({ day: trust.options.asOf, minutes: 7 * 60 + 30 });
    yield `{ "source": "Service Desk portal", "exportedAt": "${exportedAt}", "forms": [`;
    for (const form of formsBetween(trust, plan, plan.inCsv, plan.total)) yield `${jsonForm(form)},`;
    yield jsonForm(changed);
    yield '] }';
  }
  return {
    name: 'oneforms.json',
    lineEnd: '\n',
    encoding: 'utf-8',
    bom: false,
    frameLines: 2,
    lines: lines(),
  };
}

/** The one form at an index, as the files have it. */
export function formAt(trust: Trust, plan: FormPlan, index: number): OneForm {
  for (const form of formsBetween(trust, plan, index, index + 1)) return form;
  throw new Error(`There is no form ${index}.`);
}
