import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOrder, nameOrderOfMany } from './name-order.ts';
import { rememberTexts } from './remember-texts.ts';
import {
  askedWords,
  type FindablePerson,
  fieldWords,
  foldText,
  personWords,
  personWordsOfMany,
  searchWords,
} from './search-words.ts';

/** As the index answers: each word asked for is the beginning of one that is held, or one that is held whole. */
function finds(person: Partial<FindablePerson>, text: string): boolean {
  const held = personWords(person);
  const asked = askedWords(text);
  return (
    asked.length > 0 &&
    asked.every(
      ({ begins, whole }) =>
        begins.some((word) => held.some((one) => one.startsWith(word))) ||
        whole.some((word) => held.includes(word)),
    )
  );
}
const named = (...names: readonly string[]) => ({ names });

describe('words of a name', () => {
  it.each([
    ['Éilís', 'eilis'],
    ['E\u0301ili\u0301s', 'eilis'],
    ['Łukasz', 'lukasz'],
    ['Sørensen', 'sorensen'],
    ['Weiß', 'weiss'],
    ['WEIẞ', 'weiss'],
    ['Đorđević', 'dordevic'],
    ['Æthelred', 'aethelred'],
    ['ﬁona', 'fiona'],
    ['Ｓｍｉｔｈ', 'smith'],
    ['İpek', 'ipek'],
    ['Isıl', 'isil'],
    ['Smi\u200bth\u200e', 'smith'],
  ])('%s is folded to %s', (name, folded) => expect(foldText(name)).toBe(folded));

  it.each([
    "O'Brien",
    'O’Brien',
    'O‘Brien',
    'OʼBrien',
    'O´Brien',
    'O`Brien',
    'O′Brien',
    'O Brien',
    'O-Brien',
  ])('%s is held by its parts and as one word', (name) =>
    expect(fieldWords(name)).toEqual(['obrien', 'brien']),
  );
});

describe('who is found', () => {
  const smithJones = named('Smith Jones', 'Mary Anne');
  const berg = named('van der Berg', 'Jan');
  const obrien = named("O'Brien", 'Siân');
  it.each([
    [smithJones, 'Mary Anne Smith Jones'],
    [smithJones, 'jones mary'],
    [smithJones, 'Smith-Jones, Mary-Anne'],
    [smithJones, 'maryanne smithjones'],
    [smithJones, 'Smith Jones, Mrs. Mary'],
    [berg, 'van der Berg'],
    [berg, 'berg'],
    [berg, 'Berg, Jan van der'],
    [berg, 'vanderberg'],
    [berg, 'der berg'],
    [berg, 'VAN DER BERG JAN'],
    [named('Vanderberg'), 'van der berg'],
    [obrien, 'OBrien'],
    [obrien, 'O Brien'],
    [obrien, 'o’brien'],
    [obrien, 'brien sian'],
    [obrien, "O'B"],
    [named('OBrien'), "O'Brien"],
    [named('O Brien'), 'O’Brien'],
    [named('McDonald'), 'Mc Donald'],
    [named('Mc Donald'), 'mcdonald'],
    [named('Müller'), 'mueller'],
    [named('Müller'), 'muller'],
    [named('Mueller'), 'Müller'],
    [named('Sørensen'), 'soerensen'],
    [named('Żak', 'Łukasz'), 'lukasz zak'],
    [named('St. John'), 'st john'],
    [named('St. John'), 'Saint John'],
    [named('St. John'), 'sain'],
    [named('Saint-Clair'), 'st clair'],
    [named('Saint-Clair'), 'stclair'],
    [named('李', '小龙'), '李'],
    [{ numbers: ['23021359', '23021359-2'] }, '23021359–2'],
    [{ numbers: ['23021359', '23021359-2'] }, '2302 1359'],
    [{ numbers: ['23021359'] }, '23,021,359'],
    [{ numbers: ['23021359'] }, '23021359.0'],
    [{ numbers: ['23021359'] }, '="23021359"'],
    [{ numbers: ['23021359'] }, '２３０２１３５９'],
    [{ numbers: ['23021359'] }, '23021359-1'],
    [{ numbers: ['02302135'] }, '2302135'],
    [{ emails: ['e.smith7@nhs.net'] }, 'E.Smith7@nhs.net'],
    [{ emails: ['e.smith7@nhs.net'] }, 'e.smith7@'],
    [{ emails: ['e.smith7@nhs.net'] }, 'smith7'],
    [{ smartcardUuids: ['555012345108'] }, '5550 1234 5108'],
    [{ smartcardUuids: ['555012345108'] }, '555012345108'],
    [{ names: ['Lord', 'Miss'] }, 'miss'],
  ])('%o by “%s”', (person, text) => expect(finds(person, text)).toBe(true));

  it.each([
    [smithJones, 'mary smythe'],
    [smithJones, 'ones'],
    [obrien, 'obrian'],
    [{ numbers: ['23021359'] }, '23021359-2'],
    [{ numbers: ['23021359'] }, '021359'],
    [{ emails: ['e.smith7@nhs.net'] }, 'nhs'],
    [{ smartcardUuids: ['555012345108'] }, '5550'],
    [smithJones, ', - '],
  ])('%o not by “%s”', (person, text) => expect(finds(person, text)).toBe(false));
});

const SYLLABLES = [
  'an',
  'Ber',
  'cé',
  'ló',
  'ßa',
  'Ø',
  'łu',
  'æ',
  'Đo',
  'ñi',
  'Ü',
  'mc',
  'van',
  'D’',
  "O'",
  'ž',
  'o\u0308',
  'st',
];
const part = fc
  .array(fc.constantFrom(...SYLLABLES), { minLength: 1, maxLength: 4 })
  .map((all) => all.join(''));
const field = fc
  .array(fc.tuple(part, fc.constantFrom(' ', '-', "'", '’', '´')), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([word, joint], at) => (at === parts.length - 1 ? word : word + joint)).join(''))
  .filter((text) => /\p{L}/u.test(text));
const fields = fc.array(field, { minLength: 1, maxLength: 3 });

/** What somebody makes of a name who types it: accents dropped, an apostrophe of another kind or none, capitals. */
const typed = (text: string, how: number): string => {
  const marks = ["'", '’', '`', '', ' ', '-'][how % 6] ?? '';
  const swapped = text.replace(/['’´]/g, marks);
  const plain = how % 2 === 0 ? swapped : swapped.normalize('NFKD').replace(/\p{M}/gu, '');
  return how % 3 === 0 ? plain.toUpperCase() : plain;
};

describe('properties', () => {
  it('every word, beginning and order of a stored name finds the person, however it is typed', () => {
    fc.assert(
      fc.property(fields, fc.nat(), fc.nat(), fc.nat(30), (names, how, seed, cut) => {
        const words = names.flatMap((name) => name.split(/[\s-]+/)).filter((word) => /\p{L}/u.test(word));
        const order = words
          .map((word, at) => ({ word, at: (at * 7919 + seed) % 97 }))
          .toSorted((a, b) => a.at - b.at);
        const first = order[0]?.word ?? '';
        const letters = [...first];
        const beginning = letters.slice(0, 1 + (cut % letters.length)).join('');
        for (const text of [
          names.join(' '),
          names.join(', '),
          order.map(({ word }) => word).join(' '),
          ...words,
          ...(/\p{L}/u.test(beginning) ? [beginning] : []),
        ]) {
          expect(finds({ names }, typed(text, how)), text).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a name is found without what parts its words, and with it where the register has none', () => {
    fc.assert(
      fc.property(field, fc.nat(), (name, how) => {
        const together = name.replace(/[\s'’´-]+/g, '');
        expect(finds({ names: [name] }, typed(together, how))).toBe(true);
        if (name.split(/[\s'’´-]+/).length <= 4) {
          expect(finds({ names: [together] }, typed(name, how).replaceAll('\u0301', ''))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a number is found in every spelling, and another is not', () => {
    const spellings = [
      (n: string) => n,
      (n: string) => `${n.slice(0, 4)} ${n.slice(4)}`,
      (n: string) => `${n.slice(0, 2)},${n.slice(2, 5)},${n.slice(5)}`,
      (n: string) => `'${n}`,
      (n: string) => `="${n}"`,
      (n: string) => `${n}.0`,
      (n: string) => `\u200e${n}\u200b`,
      (n: string) => [...n].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''),
    ];
    const number = fc.integer({ min: 10_000_000, max: 99_999_999 }).map(String);
    fc.assert(
      fc.property(
        number,
        number,
        fc.constantFrom(...spellings),
        fc.constantFrom(...'-–—‐‑−－'),
        (own, other, spell, dash) => {
          expect(finds({ numbers: [own] }, spell(own))).toBe(true);
          expect(finds({ numbers: [own] }, spell(other))).toBe(own === other);
          expect(finds({ numbers: [own, `${own}-2`] }, `${own}${dash}2`)).toBe(true);
          expect(finds({ numbers: [own] }, `${own}${dash}2`)).toBe(false);
        },
      ),
    );
  });
});

describe('people read one after the other', () => {
  const letters = [
    'a',
    'B',
    '7',
    ' ',
    '-',
    "'",
    '’',
    '.',
    '@',
    'é',
    'ß',
    'ø',
    '℡',
    '李',
    'o\u0308',
    '\u200b',
  ];
  const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 });
  const texts = fc.array(text, { maxLength: 4 });
  const somebody = fc.record({
    names: texts,
    numbers: texts,
    emails: texts,
    smartcardUuids: texts,
  });

  it('words are the runs of letters and digits, whatever the text is written in', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(searchWords(one)).toEqual(foldText(one).match(/[\p{L}\p{N}]+/gu) ?? []);
      }),
    );
  });

  it('an address is held from each word before the @ to its end', () => {
    fc.assert(
      fc.property(text, (email) => {
        const [own = '', ...rest] = foldText(email).split('@');
        const words = (part: string): readonly string[] => part.match(/[\p{L}\p{N}]+/gu) ?? [];
        const end = words(rest.map((part) => `@${part}`).join('')).join('');
        const expected = words(own).map((_, at, all) => `${all.slice(at).join('')}${end}`);
        expect(personWords({ emails: [email] })).toEqual([...new Set(expected)]);
      }),
    );
  });

  it('have the words and the order that each has alone', () => {
    fc.assert(
      fc.property(fc.array(somebody, { maxLength: 6 }), (people) => {
        const wordsOf = personWordsOfMany();
        const orderOf = nameOrderOfMany();
        for (const one of [...people, ...people]) {
          expect(wordsOf(one)).toEqual(personWords(one));
          expect(orderOf(...one.names, null, '0012')).toBe(nameOrder(...one.names, null, '0012'));
        }
      }),
    );
  });

  it('what is remembered is asked for once, and has an end', () => {
    const asked: string[] = [];
    const upper = rememberTexts((one) => {
      asked.push(one);
      return one.toUpperCase();
    }, 2);
    expect(['a', 'a', 'b', 'c', 'c', 'a'].map(upper)).toEqual(['A', 'A', 'B', 'C', 'C', 'A']);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('the order of names', () => {
  const inOrder = (names: readonly (readonly [string, string])[]) =>
    names.map(([last, first]) => nameOrder(last, first));
  it.each<readonly (readonly [string, string])[][]>([
    [
      [
        ['Eaton', 'Zoe'],
        ['Éilís', 'A'],
        ['Evans', 'A'],
      ],
    ],
    [
      [
        ['Obi', 'A'],
        ["O'Brien", 'Siân'],
        ['O’Brien', 'Tom'],
        ['Ofori', 'A'],
      ],
    ],
    [
      [
        ['Vance', 'A'],
        ['Vincent', 'B'],
      ],
    ],
    [
      [
        ['Van', 'A'],
        ['van der Berg', 'Jan'],
        ['Vance', 'A'],
      ],
    ],
    [
      [
        ['Mabey', 'A'],
        ['MacDonald', 'A'],
        ['Mace', 'A'],
        ['McDonald', 'A'],
        ['Mead', 'A'],
      ],
    ],
    [
      [
        ['Smith', 'Zoe'],
        ['Smith Jones', 'Anna'],
        ['Smith-Jones', 'Bea'],
        ['Smithson', 'Al'],
      ],
    ],
    [
      [
        ['Zak', 'A'],
        ['Żak', 'Łukasz'],
        ['Zak', 'Mo'],
      ],
    ],
  ])('%j', (names) => expect([...inOrder(names)].toSorted()).toEqual(inOrder(names)));

  it('is blind to accents, case and the kind of apostrophe, and total', () => {
    fc.assert(
      fc.property(field, field, fc.nat(), (a, b, how) => {
        const respelled = typed(a, how).replace(/['’´`]/g, "'");
        if (how % 6 < 3) expect(nameOrder(respelled)).toBe(nameOrder(a));
        expect(nameOrder(a, b) < nameOrder(b, a)).toBe(!(nameOrder(a, b) >= nameOrder(b, a)));
      }),
    );
  });
});
