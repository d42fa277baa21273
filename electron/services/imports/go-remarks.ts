import type { GoTally } from '../../domain/register/go-tally.ts';
import type { SettledFile } from './import-ports.ts';

const number = new Intl.NumberFormat('en-GB');

/** What a GO file has beside its rows, each thing in one sentence for the whole file. */
export function tallyInWords(tally: GoTally): readonly string[] {
  return [
    grownInWords(tally.grown),
    othersInWords(tally.others),
    passedInWords(tally),
    unnumberedInWords(tally),
  ].filter((s) => s !== null);
}

function grownInWords(grown: GoTally['grown']): string | null {
  if (grown.size === 0) return null;
  const types = [...grown].map(([type, { known, most }]) => `${type} has ${most} (${known} are known)`);
  return `Fields were added at the end of rows: ${types.join(', ')}. They are not read; all the others are.`;
}

function othersInWords(others: GoTally['others']): string | null {
  if (others.size === 0) return null;
  const types = [...others].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = types.reduce((sum, [, count]) => sum + count, 0);
  const list = types.map(([type, count]) => `${type} ${number.format(count)}`).join(', ');
  return `${number.format(rows)} ${rows === 1 ? 'row' : 'rows'} of other types, not needed here: ${list}.`;
}

function passedInWords({ passed }: GoTally): string | null {
  if (passed === 0) return null;
  return passed === 1
    ? '1 row without an employee number (an applicant’s) is passed over.'
    : `${number.format(passed)} rows without an employee number (applicants’) are passed over.`;
}

function unnumberedInWords({ unnumbered }: GoTally): string | null {
  if (unnumbered === 0) return null;
  return unnumbered === 1
    ? '1 row without an employee number does not say that it is an applicant’s. It is passed over, and what is known of the person stays.'
    : `${number.format(unnumbered)} rows without an employee number do not say that they are applicants’. They are passed over, and what is known of the people stays.`;
}

/** What only the whole file tells. */
export function settledInWords({ shortened, shared, managers }: SettledFile): readonly string[] {
  return [
    shortened === 0
      ? null
      : `${number.format(shortened)} ${shortened === 1 ? 'row runs' : 'rows run'} on into the next row of the same id, and ${shortened === 1 ? 'ends' : 'end'} the day before it here.`,
    sharedInWords(shared),
    managersInWords(managers),
  ].filter((s) => s !== null);
}

function sharedInWords({ count, first }: SettledFile['shared']): string | null {
  if (count === 0) return null;
  const named = first.map(({ employeeNumber, personIds }) => `${employeeNumber} (${personIds.join(', ')})`);
  const more = count - first.length;
  const list = `${named.join('; ')}${more > 0 ? `; and ${number.format(more)} more` : ''}`;
  return count === 1
    ? `One employee number belongs to more than one ESR person id: ${list}. Ask for it to be put right in ESR.`
    : `${number.format(count)} employee numbers belong to more than one ESR person id each: ${list}. Ask for them to be put right in ESR.`;
}

function managersInWords({ reading }: SettledFile['managers']): string | null {
  if (reading === 'person') return null;
  return 'The department manager is given by assignment in this file, and was read as the person who holds it.';
}
