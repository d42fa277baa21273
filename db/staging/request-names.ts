import type { StoreConnection } from '../connection.ts';
import { addFormerName, requestFoundBy } from '../repositories/request-words.ts';
import type { Renewed } from './people-index.ts';

const inForce = (t: string) =>
  `${t}.effective_from <= @today AND (${t}.effective_to IS NULL OR ${t}.effective_to >= @today)`;

/** Whoever has the number by now, where the request was matched to somebody else. */
const isOther = (t: string) =>
  `coalesce(${canonical(`${t}.person_id`)} <> ${canonical("r.snapshot ->> '$.progress.personId'")}, 0)`;
const canonical = (id: string) =>
  `coalesce((SELECT canonical_id FROM same_person WHERE person_id = ${id}), ${id})`;

/** Of each matched request of whoever was touched, the name that the register has for the person today. */
const presentSql = (touched: string): string => `SELECT r.row_id AS row_id,
    (SELECT trim(coalesce(nullif(n.preferred_name, ''), n.first_name, '') || ' ' || n.last_name) FROM person n
      WHERE n.until_import_id IS NULL AND (n.person_id = r.snapshot ->> '$.progress.personId'
        OR n.person_id IN (SELECT o.person_id FROM person o WHERE o.employee_number = r.employee_number))
      ORDER BY ${isOther('n')}, (${inForce('n')}) DESC, n.employee_number = r.employee_number DESC, n.effective_from DESC LIMIT 1) AS name
  FROM request r
  WHERE r.employee_number IS NOT NULL ${touched}`;
const PRESENT: Readonly<Record<Renewed, string>> = {
  touched:
    presentSql(`AND EXISTS (SELECT 1 FROM person x JOIN temp.person_again g ON g.person_id = x.person_id
    WHERE x.employee_number = r.employee_number)`),
  everybody: presentSql(''),
};

/**
 * The requests show what the person is called now, and are found by what they were called: open and closed ones, in the import's
 * transaction. A name is shown, not decided by, so no request's revision changes.
 */
export function renewRequestNames(db: StoreConnection, whose: Renewed, today: string): void {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  db.function('add_former_name', { deterministic: true }, (former, before, present) =>
    addFormerName(text(former), text(before), text(present)),
  );
  db.prepare(
    `UPDATE request SET former_names = add_former_name(former_names, person, p.name), person = p.name, words = ''
     FROM (${PRESENT[whose]}) p WHERE p.row_id = request.row_id AND p.name IS NOT NULL AND p.name <> request.person`,
  ).run({ today });
  writeRequestWords(db);
}

/** For requests whose words are not written, after a change of names or of the store's schema. */
export function writeRequestWords(db: StoreConnection): void {
  const found =
    (by: 'words' | 'nameOrder') =>
    (reference: unknown, person: unknown, former: unknown, number: unknown, access: unknown) =>
      requestFoundBy({
        reference: String(reference),
        person: String(person),
        formerNames: String(former),
        beneficiaryNumber: String(number),
        access: String(access),
      })[by];
  db.function('request_words', { deterministic: true }, found('words'));
  db.function('request_order', { deterministic: true }, found('nameOrder'));
  const of = '(reference, person, former_names, beneficiary_number, access)';
  db.exec(`UPDATE request SET words = request_words${of}, name_order = request_order${of} WHERE words = ''`);
}
