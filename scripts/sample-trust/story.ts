import type { Cast } from './cast.ts';
import {
  type FormBase,
  type FormPlan,
  laterThan,
  type Named,
  named,
  type OneForm,
  referenceOf,
} from './forms.ts';
import { lineManagerOf, type Person, type Trust } from './model.ts';
import { NOT_A_URP, URP } from './urps.ts';

/** What should come of a form once every file but holdings-2.csv and the changes file has been imported. */
export type StoryOutcome =
  | 'ready'
  | 'blocked'
  | 'warned'
  | 'unmatched'
  | 'unknown-urp'
  | 'already-held'
  | 'changed'
  | 'accepted-with-care';

export interface Story {
  readonly id: string;
  readonly file: 'oneforms.csv' | 'oneforms.json';
  readonly outcome: StoryOutcome;
  readonly expected: string;
  readonly beneficiary: Named;
  readonly urp: string;
  readonly clause: string;
  /** Shown by holdings-2.csv as granted. */
  readonly granted: boolean;
  readonly person: Person | null;
  form(base: FormBase): OneForm;
}

interface Scene {
  readonly id: string;
  readonly person: Person;
  readonly urp: string;
  readonly outcome: StoryOutcome;
  readonly expected: string;
  readonly clause: string;
  readonly file?: Story['file'];
  readonly granted?: boolean;
  readonly beneficiary?: Named;
  readonly requester?: Named;
  readonly authoriser?: Named | null;
  readonly justification?: string;
}

export const FORMULA = '=HYPERLINK("http://portal.example/claim","Open the form")';
export const OVERLONG_CHARACTERS = 12_000;
const EXPLAINED = 'The duties of the post need this access; agreed with the line manager.';

function overlong(): string {
  const sentence = 'This access is needed because the team has no other way to do its monthly work. ';
  const copies = Math.ceil(OVERLONG_CHARACTERS / sentence.length);
  return `${sentence.repeat(copies).slice(0, OVERLONG_CHARACTERS - 1)}.`;
}

function tell(trust: Trust, scene: Scene): Story {
  const { person } = scene;
  const manager = named(lineManagerOf(person, trust.options.asOf));
  const authoriser = scene.authoriser === undefined ? manager : scene.authoriser;
  const beneficiary = scene.beneficiary ?? named(person);
  return {
    id: scene.id,
    file: scene.file ?? 'oneforms.csv',
    outcome: scene.outcome,
    expected: scene.expected,
    beneficiary,
    urp: scene.urp,
    clause: scene.clause,
    granted: scene.granted ?? false,
    person: scene.outcome === 'unmatched' ? null : person,
    form: (base) => ({
      ...base,
      requester:
        scene.requester ??
        (scene.beneficiary ? { ...beneficiary, number: beneficiary.number.slice(0, 8) } : named(person)),
      beneficiary,
      accessRequested: scene.urp,
      justification: scene.justification ?? EXPLAINED,
      lineManager: manager,
      authorisation: authoriser ? { by: authoriser, at: laterThan(base.submitted, 35) } : null,
      attachments: [`${base.reference}-oneform.pdf`],
    }),
  };
}

function readyScenes(cast: Cast): readonly Scene[] {
  const ready = { outcome: 'ready', expected: 'every prerequisite holds: can be approved' } as const;
  return [
    { ...ready, id: 'ready-core', person: cast.core, urp: URP.localReports, clause: '5.1.2', granted: true },
    {
      ...ready,
      id: 'ready-supervisor',
      person: cast.supervisor,
      urp: URP.supervisor,
      clause: '5.1.3',
      granted: true,
    },
    {
      ...ready,
      id: 'ready-administrator',
      person: cast.administrator,
      urp: URP.administrator,
      clause: '5.1.3',
      granted: true,
    },
    { ...ready, id: 'ready-manager', person: cast.manager, urp: URP.manager, clause: '5.1.4', granted: true },
    { ...ready, id: 'keyed-not-seen', person: cast.keyedNotSeen, urp: URP.learning, clause: '5.1.2' },
    {
      ...ready,
      id: 'ready-second-post',
      person: cast.secondPost,
      urp: URP.localReports,
      clause: '5.1.2',
      granted: true,
      beneficiary: { ...named(cast.secondPost), number: `${cast.secondPost.employeeNumber}-2` },
    },
    {
      ...ready,
      id: 'ready-core-json',
      person: cast.laterCore,
      urp: URP.localBiReports,
      clause: '5.1.2',
      granted: true,
      file: 'oneforms.json',
    },
  ];
}

function missingScenes(trust: Trust, cast: Cast): readonly Scene[] {
  const blocked = (id: string, person: Person, urp: string, clause: string, expected: string): Scene => ({
    id,
    person,
    urp,
    clause,
    outcome: 'blocked',
    expected,
  });
  const manager = (person: Person): Named => named(lineManagerOf(person, trust.options.asOf));
  const stranger = trust.heads.find(
    (head) => head !== trust.heads[cast.otherManagerAuthorises.team?.department ?? 0],
  )!;
  return [
    {
      ...blocked(
        'missing-authorisation',
        cast.noAuthorisation,
        URP.localReports,
        '5.1.1',
        'not authorised by the line manager',
      ),
      authoriser: null,
    },
    blocked('missing-as-number', cast.noAsNumber, URP.manager, '5.1.4', 'no AS number from Finance'),
    blocked(
      'former-post-as-number',
      cast.formerPost,
      URP.manager,
      '5.1.4',
      'AS number belongs to another position: verify again',
    ),
    blocked(
      'missing-smartcard',
      cast.noSmartcard,
      URP.localReports,
      '5.1.2',
      'no smartcard UUID on the record',
    ),
    blocked(
      'missing-hierarchy',
      cast.notInHierarchy,
      URP.supervisor,
      '5.1.3',
      'nobody reports to this person in the supervisor hierarchy',
    ),
    blocked(
      'governance-lapsed',
      cast.governanceLapsed,
      URP.localReports,
      '6',
      'information governance training has run out',
    ),
    blocked(
      'conflicting-urp',
      cast.conflict,
      URP.payroll,
      '5.1.2',
      'holds HR Administration, which conflicts with Payroll Administration',
    ),
    blocked('leaver', cast.leaver, URP.localReports, '5.2', 'has left the trust'),
    {
      ...blocked(
        'requester-authorised',
        cast.requesterAuthorises,
        URP.localReports,
        '5.1.1',
        'requester and authoriser are the same person',
      ),
      requester: manager(cast.requesterAuthorises),
    },
    {
      ...blocked(
        'other-manager-authorised',
        cast.otherManagerAuthorises,
        URP.localReports,
        '5.1.1',
        'authorised by somebody who is not the line manager',
      ),
      authoriser: named(stranger),
    },
  ];
}

function oddScenes(cast: Cast, starter: Person): readonly Scene[] {
  const core = { urp: URP.localReports, clause: '5.1.2' } as const;
  const nobody: Named = { name: named(cast.unknownNumber).name, number: '99000017' };
  return [
    {
      ...core,
      id: 'unknown-number',
      person: cast.unknownNumber,
      beneficiary: nobody,
      outcome: 'unmatched',
      expected: 'number is in no file: waits in unmatched',
    },
    {
      ...core,
      id: 'matched-by-changes',
      person: starter,
      outcome: 'unmatched',
      expected: 'unmatched until the changes file is imported, then matched',
    },
    {
      ...core,
      id: 'unknown-urp',
      person: cast.unknownUrp,
      urp: NOT_A_URP,
      outcome: 'unknown-urp',
      expected: 'access asked for is not in the catalogue',
    },
    {
      ...core,
      id: 'already-held',
      person: cast.alreadyHeld,
      outcome: 'already-held',
      expected: 'holds this URP already',
    },
    {
      ...core,
      id: 'formula-justification',
      person: cast.formula,
      justification: FORMULA,
      outcome: 'accepted-with-care',
      expected: 'kept as text; escaped in every export',
    },
    {
      ...core,
      id: 'overlong-justification',
      person: cast.overlong,
      justification: overlong(),
      outcome: 'accepted-with-care',
      expected: 'refused or shortened with a notice; the other forms go on',
    },
    {
      ...core,
      id: 'changed-form',
      person: cast.changed,
      authoriser: null,
      outcome: 'changed',
      expected: 'the JSON brings a second version, now authorised',
    },
  ];
}

export function allStories(trust: Trust, cast: Cast, starter: Person): readonly Story[] {
  return [...readyScenes(cast), ...missingScenes(trust, cast), ...oddScenes(cast, starter)].map((scene) =>
    tell(trust, scene),
  );
}

/** Spreads the stories evenly over the file each belongs to. */
export function planForms(total: number, stories: readonly Story[]): FormPlan {
  const inCsv = Math.floor(total * 0.8);
  const placed = new Map<number, Story>();
  const spread = (list: readonly Story[], from: number, to: number): void => {
    list.forEach((story, turn) => {
      placed.set(from + Math.floor(((turn + 0.5) * (to - from)) / list.length), story);
    });
  };
  spread(
    stories.filter(({ file }) => file === 'oneforms.csv'),
    0,
    inCsv,
  );
  spread(
    stories.filter(({ file }) => file === 'oneforms.json'),
    inCsv,
    total,
  );
  return { total, inCsv, stories: placed };
}

/** Reference of each story, in the order of the story list. */
export function storyReferences(plan: FormPlan, seed: number): ReadonlyMap<Story, string> {
  return new Map([...plan.stories].map(([index, story]) => [story, referenceOf(index, seed)]));
}

/** The second version: authorised in the meantime, with a better reason. */
export function changedVersion(trust: Trust, cast: Cast, first: OneForm): OneForm {
  const manager = named(lineManagerOf(cast.changed, trust.options.asOf));
  return {
    ...first,
    justification: `${EXPLAINED} The line manager has confirmed it since.`,
    authorisation: { by: manager, at: laterThan(first.submitted, 50) },
    attachments: [...first.attachments, `${first.reference}-manager-email.pdf`],
  };
}
