import { addDays, esrDate, ukDate } from './dates.ts';
import type { Person, Trust } from './model.ts';
import { createRandom } from './prng.ts';
import { csvLine, type TextFile } from './text-files.ts';

export const AS_NUMBER_HEADER = 'Employee Number,Position Number,AS Number,Issued On,Comment (café)';
export const TRAINING_HEADER = 'Employee Number,Competence,Status,Achieved On,Expires On';
export const GOVERNANCE = 'NHS|CSTF|Information Governance and Data Security - 1 Year|';
const OTHER_COMPETENCES: readonly (readonly [string, number])[] = [
  ['NHS|CSTF|Fire Safety - 2 Years|', 730],
  ['NHS|CSTF|Equality, Diversity and Human Rights - 3 Years|', 1095],
  ['NHS|CSTF|Safeguarding Adults - Level 1 - 3 Years|', 1095],
];
const REMARKS = ['Limit £5,000', 'Limit £25,000', 'Café and façade works', ''];

/** Finance's list, Windows-1252: the pound sign and the accents are bytes that UTF-8 cannot read. */
export function asNumbersFile(trust: Trust): TextFile {
  function* lines(): Generator<string> {
    yield AS_NUMBER_HEADER;
    const random = createRandom(trust.options.seed, 'remarks');
    for (const person of trust.people) {
      if (!person.asNumber) continue;
      const { number, positionNumber, issued } = person.asNumber;
      yield csvLine([person.employeeNumber, positionNumber, number, ukDate(issued), random.pick(REMARKS)]);
    }
  }
  return {
    name: 'as-numbers.csv',
    lineEnd: '\r\n',
    encoding: 'windows-1252',
    bom: false,
    frameLines: 1,
    lines: lines(),
  };
}

function trainingLine(person: Person, competence: string, until: string, days: number, asOf: string): string {
  const number = person.employeeNumber;
  if (until === '') return csvLine([number, competence, 'Not completed', '', '']);
  const status = until < asOf ? 'Expired' : 'Compliant';
  return csvLine([number, competence, status, esrDate(addDays(until, -days)), esrDate(until)]);
}

/** One row for each person and competence, leavers of the last month included, information governance first. */
export function trainingFile(trust: Trust): TextFile {
  const { asOf, seed } = trust.options;
  function* lines(): Generator<string> {
    yield TRAINING_HEADER;
    for (const person of trust.people) {
      if (person.hireDate > asOf) continue;
      yield trainingLine(person, GOVERNANCE, person.governanceUntil, 365, asOf);
      // Behind the one that counts, so that the last row is not the newest.
      for (const until of person.earlierGovernance) yield trainingLine(person, GOVERNANCE, until, 365, asOf);
      const random = createRandom(seed, 'training', person.index);
      for (const [competence, days] of OTHER_COMPETENCES) {
        if (!random.chance(80)) continue;
        const until = random.chance(95) ? addDays(asOf, random.between(-60, days - 1)) : '';
        yield trainingLine(person, competence, until, days, asOf);
      }
    }
  }
  return {
    name: 'training.csv',
    lineEnd: '\r\n',
    encoding: 'utf-8',
    bom: false,
    frameLines: 1,
    lines: lines(),
  };
}
