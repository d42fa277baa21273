import { nhsMark, smartcardMark } from '../../electron/domain/people/one-person.ts';
import {
  esrKey,
  nobodyHas,
  numberKey,
  type PersonAnswer,
  type PersonKey,
  personIdOf,
  plainUsername,
  userKey,
} from '../../electron/domain/people/person-key.ts';
import {
  EMPLOYEE_NUMBER_LENGTHS,
  hasEmployeeNumberLength,
  readStaffNumber,
} from '../../electron/domain/people/staff-number.ts';
import type { AccountNames, HolderNames, WhoIsWho } from '../../electron/services/ground/who-is-who.ts';
import type { StoreConnection } from '../connection.ts';
import { keepUntilChanged } from './keep-until-changed.ts';
import { once } from './kept-statements.ts';
import { relatePeople } from './relate-people.ts';

/** PersonIds by what a name is of: of records that stand, and of records that stood. */
interface Holders {
  readonly present: readonly string[];
  readonly past: readonly string[];
}
type Look = (value: string) => Holders;

const NOBODY: Holders = { present: [], past: [] };

export function createWhoIsWho(db: StoreConnection): WhoIsWho {
  const names = nameStatements(db);
  const keep = keepUntilChanged(db);
  const plain = createReader(names, names, names.byNumber);
  const reader = { ...plain, personOf: keep(plain.personOf) };
  const personOfAccount = ({ employeeNumber, cardUuid }: AccountNames): PersonAnswer => {
    const card = smartcardMark(cardUuid) === null ? null : reader.only(names.byCard(cardUuid ?? ''));
    const byCard = card === null ? null : reader.answer(card, null);
    if (employeeNumber === null) return byCard ?? unknown(NO_NUMBER);
    const byNumber = reader.personOf(employeeNumber);
    if (byNumber.kind === 'unknown') return byCard ?? byNumber;
    return byCard === null || (byCard.kind === 'person' && byCard.key === byNumber.key)
      ? byNumber
      : unknown(TWO_PEOPLE);
  };
  const personOfId = keep((personId: string): PersonAnswer | null =>
    names.isPresent(personId) ? reader.answer({ personId: names.canonical(personId) }, null) : null,
  );
  return {
    personOf: reader.personOf,
    holderOf: reader.holderOf,
    matched: ({ beneficiary, personId }) =>
      (personId ? personOfId(personId) : null) ?? reader.personOf(beneficiary),
    personOfId,
    personOfAccount,
    personOfStep: ({ userId, employeeNumber }) => {
      const account = names.account(userId);
      return account === null
        ? reader.personOf(employeeNumber)
        : personOfAccount({ ...account, employeeNumber: account.employeeNumber ?? employeeNumber });
    },
    isNobodys: (username) => names.isNobodys(plainUsername(username)),
    namesOf: keep((key: PersonKey) => namesOf(names, key)),
    presentOf: keep((key: PersonKey) => {
      const personId = personIdOf(key);
      return personId === null ? null : names.present(JSON.stringify([personId, ...names.members(personId)]));
    }),
    accountEndedAt: (key) => {
      const theirs = (state: 'is' | 'is not') =>
        names.accounts(state).filter((account) => {
          const holder = personOfAccount(account);
          return holder.kind === 'person' && holder.key === key;
        });
      const ended = theirs('is not');
      if (ended.length === 0 || theirs('is').length > 0) return null;
      return (
        ended
          .map(({ endedAt }) => endedAt)
          .toSorted()
          .at(-1) ?? null
      );
    },
    inBulk: () => {
      const { look, zeros } = numbersInMemory(db);
      return keepingAnswers(createReader(names, relationsInMemory(db), look, zeros));
    },
    relate: () => relatePeople(db),
  };
}

const NO_NUMBER = 'The account has no ESR employee number.';
const TWO_PEOPLE = 'The employee number and the smartcard of the account are of two people in ESR.';

function unknown(why: string): PersonAnswer {
  return { kind: 'unknown', why };
}

type Names = ReturnType<typeof nameStatements>;

/** Prepared once each, on first use: the store is opened before it is migrated. */
function nameStatements(db: StoreConnection) {
  const list = (sql: string) => {
    const statement = once(() => db.prepare<unknown[], string>(sql).pluck());
    return (...values: unknown[]): readonly string[] => statement().all(...values);
  };
  const look = (column: string): Look => {
    const statement = once(() =>
      db
        .prepare<[string], [string, number]>(
          `select person_id, max(until_import_id is null) from person where ${column} = ? group by person_id`,
        )
        .raw(),
    );
    return (value) => toHolders(statement().all(value));
  };
  const range = once(() =>
    db
      .prepare<[string, string, string], [string, number]>(
        // '.' comes after '-': every post of the number, and no other number.
        `select person_id, max(until_import_id is null) from assignment
         where assignment_number = ? or (assignment_number >= ? and assignment_number < ?) group by person_id`,
      )
      .raw(),
  );
  const canonical = list('select canonical_id from same_person where person_id = ?');
  const account = once(() =>
    db.prepare<[string], { employeeNumber: string | null; cardUuid: string | null }>(
      'select employee_number as employeeNumber, card_uuid as cardUuid from user where id = ?',
    ),
  );
  const accounts = (state: 'is' | 'is not') =>
    once(() =>
      db.prepare<[], AccountNames & { readonly endedAt: string }>(
        `select employee_number as employeeNumber, card_uuid as cardUuid, ended_at as endedAt from user where ended_at ${state} null`,
      ),
    );
  const accountsOf = { is: accounts('is'), 'is not': accounts('is not') } as const;
  const present = once(() =>
    db.prepare<[string], { employeeNumber: string; name: string }>(
      // Of several records one that has not ended; then the one of the latest date, as the queue shows people.
      `select p.employee_number as employeeNumber,
         trim(coalesce(nullif(p.preferred_name, ''), p.first_name, '') || ' ' || p.last_name) as name
       from json_each(?) n cross join person p on p.person_id = n.value and p.until_import_id is null
       order by p.effective_to is not null, p.termination_date is not null, p.effective_from desc, p.row_id desc limit 1`,
    ),
  );
  const isPresent = once(() =>
    db
      .prepare<[string], number>(
        'select 1 from person where person_id = ? and until_import_id is null limit 1',
      )
      .pluck(),
  );
  const confirmed = once(() =>
    db.prepare<[string], string | null>('select person_id from account_person where username = ?').pluck(),
  );
  return {
    byNumber: look('employee_number'),
    byCard: look('smartcard_uuid'),
    byNhsId: look('nhs_unique_id'),
    byAssignment: (number: string) => toHolders(range().all(number, `${number}-`, `${number}.`)),
    canonical: (personId: string) => canonical(personId)[0] ?? personId,
    doubts: list('select other_id from doubted_person where person_id = ?'),
    members: list('select person_id from same_person where canonical_id = ?'),
    confirmed: (username: string) => confirmed().get(username) ?? null,
    isNobodys: (username: string) => confirmed().get(username) === null,
    /** Of those that have ended (`is not` null), or not. */
    accounts: (state: 'is' | 'is not') => accountsOf[state]().all(),
    account: (id: string) => account().get(id) ?? null,
    cardsOf: list('select card_uuid from user where employee_number = ? and card_uuid is not null'),
    present: (ids: string) => present().get(ids) ?? null,
    isPresent: (personId: string) => isPresent().get(personId) !== undefined,
    numbersOf: list('select distinct employee_number from person where person_id = ?'),
    assignmentsOf: list('select distinct assignment_number from assignment where person_id = ?'),
    usernamesOf: list('select username from account_person where person_id = ?'),
  };
}

function toHolders(rows: readonly (readonly [string, number])[]): Holders {
  if (rows.length === 0) return NOBODY;
  const of = (present: number) => rows.filter((row) => row[1] === present).map(([id]) => id);
  return { present: of(1), past: of(0) };
}

/** The numbers of everybody, read once: an import asks for each of its rows. `zeros`: some begin with one. */
function numbersInMemory(db: StoreConnection): { readonly look: Look; readonly zeros: boolean } {
  // Nearly every number has one holder who is present: of those the id alone is kept.
  const found = new Map<string, string | Holders>();
  let zeros = false;
  const holdersOf = (number: string): Holders => {
    const known = found.get(number);
    return typeof known === 'string' ? { present: [known], past: [] } : (known ?? NOBODY);
  };
  const rows = db
    .prepare<[], [string, string, number]>(
      'select employee_number, person_id, until_import_id is null from person',
    )
    .raw()
    .iterate();
  for (const [number, personId, present] of rows) {
    zeros ||= number.startsWith('0');
    const known = found.get(number);
    if (known === personId) continue;
    if (known === undefined && present === 1) found.set(number, personId);
    else found.set(number, withHolder(holdersOf(number), personId, present === 1));
  }
  return { look: holdersOf, zeros };
}

function withHolder({ present, past }: Holders, personId: string, isPresent: boolean): Holders {
  if (present.includes(personId) || (!isPresent && past.includes(personId))) return { present, past };
  return isPresent
    ? { present: [...present, personId], past: past.filter((id) => id !== personId) }
    : { present, past: [...past, personId] };
}

/** Both tables are tiny: nearly nobody has two records. */
function relationsInMemory(db: StoreConnection): Relations {
  const pairs = (sql: string) => db.prepare<[], [string, string]>(sql).raw().all();
  const same = new Map(pairs('select person_id, canonical_id from same_person'));
  const grouped = (rows: readonly (readonly [string, string])[]) => Map.groupBy(rows, ([id]) => id);
  const members = grouped([...same].map(([id, canonicalId]) => [canonicalId, id] as const));
  const doubts = grouped(pairs('select person_id, other_id from doubted_person'));
  const seconds = (rows: ReadonlyMap<string, readonly (readonly [string, string])[]>, id: string) =>
    (rows.get(id) ?? []).map(([, other]) => other);
  return {
    canonical: (id) => same.get(id) ?? id,
    members: (...[id]) => (members.size === 0 ? [] : seconds(members, String(id))),
    doubts: (...[id]) => (doubts.size === 0 ? [] : seconds(doubts, String(id))),
  };
}

/** A file names the same people row after row, most often in neighbouring rows; one answer each is kept. */
function keepingAnswers(
  reader: Pick<WhoIsWho, 'personOf' | 'holderOf'>,
): Pick<WhoIsWho, 'personOf' | 'holderOf'> {
  const answers = new Map<string, PersonAnswer>();
  const accounts = new Map<string, PersonKey | null>();
  let last: { readonly written: string; readonly answer: PersonAnswer } | null = null;
  const personOf = (written: string | null): PersonAnswer => {
    if (written === null) return reader.personOf(written);
    if (last?.written === written) return last.answer;
    let answer = answers.get(written);
    if (answer === undefined) {
      answer = reader.personOf(written);
      answers.set(written, answer);
    }
    last = { written, answer };
    return answer;
  };
  return {
    personOf,
    holderOf: ({ employeeNumber, username, personId }) => {
      if (personId) return reader.holderOf({ employeeNumber, username, personId });
      const byNumber = employeeNumber ? personOf(employeeNumber) : null;
      if (byNumber?.kind === 'person') return byNumber.key;
      // A number that cannot be read leaves the row to its account.
      const account = username ?? '';
      const known = accounts.get(account);
      if (known !== undefined) return known;
      const holder = reader.holderOf({ employeeNumber: null, username: account });
      accounts.set(account, holder);
      return holder;
    },
  };
}

/** `several` where a name fits more than one person. */
type Found = { readonly personId: string } | 'several' | null;

/** Which records are one person, and which may be. */
type Relations = Pick<Names, 'canonical' | 'members' | 'doubts'>;

/** `zeros`: whether any number may begin with one. */
function createReader(names: Names, relations: Relations, byNumber: Look, zeros = true) {
  const answer = (found: Found, post: number | null, several = SEVERAL): PersonAnswer => {
    if (found === 'several') return unknown(several);
    if (found === null) return unknown('Nobody in the register fits.');
    const { personId } = found;
    const doubts = [personId, ...relations.members(personId)].flatMap((id) => relations.doubts(id));
    const person = { kind: 'person', key: esrKey(personId), post } as const;
    if (doubts.length === 0) return person;
    return { ...person, mayBe: [...new Set(doubts.map((id) => esrKey(relations.canonical(id))))] };
  };
  /** Who is it now; a name that only former records have is theirs still. */
  const only = ({ present, past }: Holders): Found => {
    const holders = present.length > 0 ? present : past;
    if (holders.length < 2) {
      const [one] = holders;
      return one === undefined ? null : { personId: relations.canonical(one) };
    }
    const ids = new Set(holders.map(relations.canonical));
    const [personId] = ids;
    if (personId === undefined) return null;
    return ids.size === 1 ? { personId } : 'several';
  };
  /** Zeros that a spreadsheet dropped count only where nobody else fits. */
  const byAnyZeros = (number: string): Found => {
    let found = only(byNumber(number));
    if (!zeros && !number.startsWith('0')) return found;
    for (const other of otherZeros(number)) {
      const one = only(byNumber(other));
      if (one === null) continue;
      if (found !== null && (found === 'several' || one === 'several' || found.personId !== one.personId)) {
        return 'several';
      }
      found = one;
    }
    return found;
  };
  const byOtherNames = (text: string): Found =>
    only(names.byAssignment(text)) ??
    (smartcardMark(text) === null ? null : only(names.byCard(text))) ??
    (nhsMark(text) === null ? null : only(names.byNhsId(text)));
  /** An account here may join a number that the register does not know to somebody it does, by their card. */
  const byOwnAccount = (number: string): Found => {
    const cards = names.cardsOf(number).filter((card) => smartcardMark(card) !== null);
    const found = cards.map((card) => only(names.byCard(card))).filter((one) => one !== null);
    return found[0] ?? null;
  };
  const byText = (text: string): Found => {
    const holder = names.confirmed(plainUsername(text));
    if (holder !== null) return { personId: relations.canonical(holder) };
    return nhsMark(text) === null ? null : only(names.byNhsId(text.trim().toUpperCase()));
  };
  const personOf = (written: string | null): PersonAnswer => {
    const read = readStaffNumber(written);
    if (read.kind === 'unknown') {
      const found = written === null || written.trim() === '' ? null : byText(written);
      return found === null ? read : answer(found, null);
    }
    const { number } = read;
    const post = read.postWritten ? read.post : null;
    const found = byAnyZeros(number) ?? byOtherNames(number) ?? byOwnAccount(number);
    if (found !== null) return answer(found, post, `The number ${number} fits more than one person in ESR.`);
    if (hasEmployeeNumberLength(number)) return { kind: 'person', key: numberKey(number), post };
    return unknown(nobodyHas(number));
  };
  /** A record that ESR states no more was made anew under its number, so the number says who. */
  const isStill = (personId: string, number: string): boolean =>
    byNumber(number).present.includes(personId) || names.isPresent(personId);
  const holderOf = ({ employeeNumber, username, personId }: HolderNames): PersonKey | null => {
    // By an account alone, whoever it was confirmed to be says who.
    if (personId && employeeNumber && isStill(personId, employeeNumber))
      return esrKey(relations.canonical(personId));
    const byItsNumber = employeeNumber === null || employeeNumber === '' ? null : personOf(employeeNumber);
    if (byItsNumber?.kind === 'person') return byItsNumber.key;
    const account = plainUsername(username ?? '');
    if (account === '') return null;
    const holder = names.confirmed(account);
    return holder === null ? userKey(account) : esrKey(relations.canonical(holder));
  };
  return { personOf, holderOf, only, answer };
}

const SEVERAL = 'It fits more than one person in ESR.';

/** The same number with zeros added to the lengths there are, and with its own taken away one by one. */
function otherZeros(number: string): readonly string[] {
  const others: string[] = [];
  for (const length of EMPLOYEE_NUMBER_LENGTHS) {
    if (length > number.length) others.push(number.padStart(length, '0'));
  }
  for (let rest = number; rest.startsWith('0') && rest.length > 1; ) {
    rest = rest.slice(1);
    others.push(rest);
  }
  return others;
}

function namesOf(names: Names, key: PersonKey) {
  const personId = personIdOf(key);
  if (personId === null) {
    const rest = key.slice(key.indexOf(':') + 1);
    return key.startsWith('user:')
      ? { personIds: [], employeeNumbers: [], formerNumbers: [], usernames: [rest] }
      : { personIds: [], employeeNumbers: [rest, ...otherZeros(rest)], formerNumbers: [], usernames: [] };
  }
  const personIds = [personId, ...names.members(personId)];
  const own = new Set(personIds.flatMap((id) => names.numbersOf(id)));
  // A number that only an assignment still has is theirs where nobody else has it.
  for (const assignment of personIds.flatMap((id) => names.assignmentsOf(id))) {
    const read = readStaffNumber(assignment);
    if (read.kind === 'number' && !own.has(read.number) && names.byNumber(read.number) === NOBODY)
      own.add(read.number);
  }
  const isSomebodyElses = (number: string): boolean => {
    const { present } = names.byNumber(number);
    return present.length > 0 && !present.some((id) => personIds.includes(id));
  };
  return {
    personIds,
    employeeNumbers: [...own].filter((number) => !isSomebodyElses(number)),
    formerNumbers: [...own].filter(isSomebodyElses),
    usernames: personIds.flatMap((id) => names.usernamesOf(id)),
  };
}
