/**
 * What a cell says, without what other programs put round it: spaces of every width, marks that are not seen, a pair of
 * quotation marks, straight or curly, and `="…"`, which keeps a spreadsheet from reading text as a number. What stands
 * inside is as somebody wrote it.
 */
export function cellText(cell: string): string {
  if (isBare(cell)) return cell;
  let text = trimmed(cell);
  for (let pair = pairRound(text); pair !== null; pair = pairRound(text)) text = trimmed(pair);
  return text;
}

/** The name of a thing, as `cellText`, without the apostrophe by which a spreadsheet marks text, marks unseen, or full widths. */
export function identifierText(cell: string): string {
  if (PLAIN_NAME.test(cell)) return cell;
  const text = cellText(cell).replace(INVISIBLE, '').normalize('NFKC').replace(/\s+/gu, ' ').trim();
  return text.replace(/^['’`](?=[\p{L}\p{N}])/u, '');
}

/** Nearly every cell begins with a letter or digit and ends in sight, in ASCII: nothing is put round it. */
function isBare(cell: string): boolean {
  const last = cell.charCodeAt(cell.length - 1);
  return last > 0x20 && last < 0x7f && isAsciiWord(cell.charCodeAt(0));
}

/** Whether a UTF-16 unit is one of `0-9A-Za-z`. */
export const isAsciiWord = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

const PLAIN_NAME = /^[0-9A-Za-z][!-~]*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const EDGES = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu;
const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ["'", "'"],
  ['«', '»'],
];

const FORMULA_TEXT = /^=\s*"([^"]*)"$/;

function trimmed(text: string): string {
  return text.replace(EDGES, '');
}

/** The text inside a pair of marks round the whole of it; null where there is none, or where the marks belong to parts of it. */
function pairRound(text: string): string | null {
  const asFormula = FORMULA_TEXT.exec(text);
  if (asFormula) return asFormula[1] ?? '';
  for (const [open, close] of PAIRS) {
    if (text.length < 2 || !text.startsWith(open) || !text.endsWith(close)) continue;
    const inside = text.slice(open.length, -close.length);
    return inside.includes(open) || inside.includes(close) ? null : inside;
  }
  return null;
}
