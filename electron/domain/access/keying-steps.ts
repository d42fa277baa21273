/** What the officer does in ESR, click by click, with the values to copy. ESR has no interface a trust may write to. */
import { esrDate, type IsoDate } from '../dates.ts';
import { type CatalogueEntry, withVpd } from './catalogue.ts';
import type { DatedPart } from './effective-access.ts';

export interface KeyingValue {
  readonly label: string;
  readonly value: string;
}

export interface KeyingStep {
  readonly id: string;
  readonly instruction: string;
  readonly values: readonly KeyingValue[];
}

export interface KeyingFacts {
  readonly entry: CatalogueEntry;
  readonly vpd: string;
  /** Null when the extract shows no ESR user for the person. */
  readonly username: string | null;
  readonly employeeNumber: string;
  readonly assignmentNumber: string;
  readonly startDate: IsoDate;
  readonly endDate: IsoDate | null;
  readonly environment: 'LIVE' | 'TPLY';
  /** The dates in ESR of a row that gives it already; left out where there is none. */
  readonly standing?: DatedPart | null;
}

const USER_ADMINISTRATION = 'Local HRMS Systems and User Administration';

/** In the order of the keys. Every value is exactly what ESR takes: the URP with its VPD, dates as `03-Nov-2026`. */
export function keyingSteps(facts: KeyingFacts): readonly KeyingStep[] {
  return [
    signIn(facts),
    ...findUser(facts),
    ...(facts.standing ? alterRow(facts) : [addResponsibility(facts), dates(facts)]),
    save(facts),
    ...checks(facts),
  ];
}

function signIn({ environment, vpd }: KeyingFacts): KeyingStep {
  const where =
    environment === 'LIVE' ? 'the live ESR' : 'TPLY, the copy for testing and training, not the live ESR';
  return {
    id: 'sign-in',
    instruction: `Sign in to ${where}, and choose the responsibility for user administration.`,
    values: [{ label: 'Responsibility', value: withVpd(USER_ADMINISTRATION, vpd) }],
  };
}

function findUser({ username, employeeNumber, assignmentNumber }: KeyingFacts): readonly KeyingStep[] {
  const person = [
    { label: 'Employee number', value: employeeNumber },
    { label: 'Assignment number', value: assignmentNumber },
  ];
  if (username === null) {
    return [
      {
        id: 'create-user',
        instruction:
          'The last extract shows no ESR user for this person. Search for the person by employee number first; if there is still none, create the user account before anything else.',
        values: person,
      },
      { id: 'find-user', instruction: 'Open the user account by the username ESR now shows.', values: [] },
    ];
  }
  return [
    {
      id: 'find-user',
      instruction: 'Find the user by username, and check that it belongs to this employee number.',
      values: [{ label: 'Username', value: username }, ...person],
    },
  ];
}

function addResponsibility({ entry, vpd }: KeyingFacts): KeyingStep {
  return {
    id: 'add-responsibility',
    instruction: 'Add a row to the responsibilities and enter this one. Change no other row.',
    values: [{ label: 'Responsibility', value: withVpd(entry.name, vpd) }],
  };
}

/** A second row of one responsibility would run beside the first. */
function alterRow({ entry, vpd, endDate, standing }: KeyingFacts): readonly KeyingStep[] {
  const from = standing?.start ? [{ label: 'Effective from', value: esrDate(standing.start) }] : [];
  const find: KeyingStep = {
    id: 'find-responsibility',
    instruction:
      'Find the row that gives this one already. Leave its start date as it is, and add no second row.',
    values: [{ label: 'Responsibility', value: withVpd(entry.name, vpd) }, ...from],
  };
  const end = endDate === null ? [] : [{ label: 'Effective to', value: esrDate(endDate) }];
  const instruction =
    standing?.end === endDate
      ? 'Its end date is right as well, so there is nothing to change. Record it as keyed with these dates.'
      : endDate === null
        ? 'Empty its end date, or change it to the day that the form asks for.'
        : 'Change its end date to this one.';
  return [find, { id: 'dates', instruction, values: end }];
}

function dates({ startDate, endDate }: KeyingFacts): KeyingStep {
  const start = { label: 'Effective from', value: esrDate(startDate) };
  if (endDate === null) {
    return {
      id: 'dates',
      instruction: 'Enter the start date and leave the end date empty.',
      values: [start],
    };
  }
  return {
    id: 'dates',
    instruction: 'Enter the start date and the end date.',
    values: [start, { label: 'Effective to', value: esrDate(endDate) }],
  };
}

function save({ entry, vpd, standing }: KeyingFacts): KeyingStep {
  return {
    id: 'save',
    instruction: `Save, close the user, find it again, and check that the ${standing ? '' : 'new '}row is there with its dates.`,
    values: [{ label: 'Responsibility', value: withVpd(entry.name, vpd) }],
  };
}

function checks({ entry, assignmentNumber, vpd }: KeyingFacts): readonly KeyingStep[] {
  const steps: KeyingStep[] = [];
  if (entry.needsHierarchy) {
    steps.push({
      id: 'check-hierarchy',
      instruction:
        'Check in the supervisor hierarchy that the place of this assignment is the one the form means: staff not placed there will not be seen.',
      values: [{ label: 'Assignment number', value: assignmentNumber }],
    });
  }
  if (entry.needsAsNumber) {
    steps.push({
      id: 'check-as-number',
      instruction:
        'Check that the AS number from Finance stands against this post, so that approvals can reach it.',
      values: [{ label: 'Assignment number', value: assignmentNumber }],
    });
  }
  if (entry.minimumHolders > 0) {
    steps.push({
      id: 'check-holders',
      instruction: `Check that at least ${entry.minimumHolders} people hold it now.`,
      values: [{ label: 'Responsibility', value: withVpd(entry.name, vpd) }],
    });
  }
  return steps;
}
