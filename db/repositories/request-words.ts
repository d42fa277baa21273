import { nameOrder } from '../../electron/domain/people/name-order.ts';
import { personWords } from '../../electron/domain/people/search-words.ts';

interface FoundBy {
  readonly reference: string;
  readonly person: string;
  readonly formerNames: string;
  readonly beneficiaryNumber: string;
  readonly access: string;
}

/** By what the queue finds a request, and where it stands among the others by name. One place for steps and imports. */
export function requestFoundBy(row: FoundBy): { readonly words: string; readonly nameOrder: string } {
  const { reference, person, formerNames, beneficiaryNumber, access } = row;
  const words = personWords({
    names: [reference, person, ...formerNames.split('\n'), access],
    numbers: [beneficiaryNumber],
  });
  return { words: words.join(' '), nameOrder: nameOrder(person) };
}

/** The names of before, a line each, with `before` among them where it is not the present one. */
export function addFormerName(formerNames: string, before: string, present: string): string {
  const known = formerNames.split('\n').filter((name) => name !== '');
  return [...new Set([...known, before])].filter((name) => name !== '' && name !== present).join('\n');
}
