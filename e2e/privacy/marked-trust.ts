import { assignmentRow, goFile, goName, goRow, ORGANISATION, POSITION } from '../imports/go-builder.ts';
import type { OwnFiles } from '../imports/own-files.ts';
import { digits, letters, type Markers } from './markers.ts';

/** A trust of four people every field of whom is marked by a text of its own, in files that the ordinary imports read. */
export interface MarkedTrust {
  /** Field of a person → the text that marks it. */
  readonly markers: Markers;
  readonly files: {
    readonly go: string;
    readonly asNumbers: string;
    readonly training: string;
    readonly holdings: string;
    readonly formsCsv: string;
    readonly formsJson: string;
  };
  readonly reference: string;
  readonly returned: string;
  /** The person whom the request is for. */
  readonly beneficiary: { readonly lastName: string; readonly number: string; readonly username: string };
  /** Writes the extract that ESR would send after the keying: the request's access, and one that nobody approved. */
  readonly writeLaterHoldings: (runAt: Date) => string;
}

const PEOPLE = ['beneficiary', 'manager', 'requester', 'stranger'] as const;
type Who = (typeof PEOPLE)[number];

/** Columns of a person's row that hold something of the person; every one is marked, kept or not. */
const LETTERS = {
  5: 'title',
  6: 'last name',
  7: 'first name',
  8: 'middle name',
  9: 'maiden name',
  10: 'preferred name',
  11: 'previous last name',
  12: 'gender',
  14: 'NI number',
  15: 'NHS unique id',
  22: 'ethnic origin',
  23: 'marital status',
  24: 'country of birth',
  25: 'previous employer',
  35: 'office e-mail',
  39: 'disability',
  40: 'legacy payroll number',
  41: 'nationality',
} as const;

/** Makes the files in a folder whose very name is marked. */
export function markedTrust(own: OwnFiles): MarkedTrust {
  const markers = new Map<string, string>();
  const mark = (what: string, text: string): string => {
    markers.set(what, text);
    return text;
  };
  const person = new Map(
    PEOPLE.map((who, i) => [
      who,
      {
        personId: 9_000_001 + i,
        number: mark(`${who}: employee number`, digits(`${who} number`, 8)),
        uuid: mark(`${who}: smartcard UUID`, digits(`${who} uuid`, 12)),
        birth: mark(`${who}: date of birth`, `19${51 + i * 7}0${3 + i}2${i + 5}`),
        phone: mark(`${who}: phone`, `077${digits(`${who} phone`, 8)}`),
        address: mark(`${who}: address`, letters(`${who} address`)),
        salary: mark(`${who}: salary`, `${digits(`${who} salary`, 7)}.77`),
        username: mark(`${who}: ESR username`, `919${letters(`${who} username`).toUpperCase()}01`),
        asNumber: mark(`${who}: AS number`, `AS${digits(`${who} as`, 10)}`),
        own: Object.fromEntries(
          Object.entries(LETTERS).map(([column, what]) => {
            const text = letters(`${who} ${what}`);
            const as = what === 'office e-mail' ? `${text.toLowerCase()}@trust.invalid` : text;
            return [column, mark(`${who}: ${what}`, as)];
          }),
        ),
      },
    ]),
  );
  const of = (who: Who) => {
    const found = person.get(who);
    if (found === undefined) throw new Error(`nobody is ${who}`);
    return found;
  };
  const name = (who: Who) => `${of(who).own[7]} ${of(who).own[6]}`;

  const inside = mark('folder of the files', letters('folder of the files'));
  const fileName = (kind: string): string => mark(`file name of ${kind}`, letters(`file of ${kind}`));
  const rows = PEOPLE.flatMap((who) => {
    const one = of(who);
    return [
      goRow('PRA', {
        ...one.own,
        1: one.personId,
        2: '20200101',
        4: one.number,
        13: one.birth,
        16: '20200101',
        29: one.uuid,
        33: 'EMP',
        34: 'Employee',
      }),
      goRow('ADA', { 1: one.personId, 2: one.personId, 3: 'HOME', 6: one.address, 11: one.address }),
      goRow('PHA', { 1: one.personId, 2: one.personId, 3: 'M', 4: one.phone }),
      assignmentRow({
        personId: one.personId,
        employeeNumber: one.number,
        salary: one.salary,
        ...(who === 'manager' ? {} : { supervisorId: of('manager').personId }),
      }),
      goRow('VHA', { 1: one.personId, 6: one.address }),
    ];
  });
  const csv = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;
  const holdingRow = (who: Who, urp: string, from: string) =>
    `${of(who).number},${of(who).username},"${of(who).own[6]}, ${of(who).own[7]}",919 ${urp},${from}`;
  const holdings = (run: string, lines: readonly string[]) =>
    csv([
      'Active Responsibilities',
      `Run date: ${run}`,
      'Employee Number,User Name,Full Name,Responsibility,Start Date',
      ...PEOPLE.map((who) => holdingRow(who, 'Employee Self Service', '01-Jan-2020')),
      ...lines,
    ]);
  const reference = mark('ticket reference', `SR${digits('reference', 9)}`);
  const returned = mark('ticket reference of the returned form', `SR${digits('returned', 9)}`);
  const go = goName(101);
  return {
    markers,
    reference,
    returned,
    beneficiary: {
      lastName: of('beneficiary').own[6] ?? '',
      number: of('beneficiary').number,
      username: of('beneficiary').username,
    },
    files: {
      go: own.write(go, goFile(go, [ORGANISATION, POSITION, ...rows]), inside),
      asNumbers: own.write(
        `${fileName('AS numbers')}.csv`,
        csv([
          'AS numbers',
          'Run date: 02-Nov-2026 08:00',
          'Employee Number,AS Number,Position Number,Issued On',
          ...PEOPLE.map((who) => `${of(who).number},${of(who).asNumber},3560241,14/04/2025`),
        ]),
        inside,
      ),
      training: own.write(
        `${fileName('training')}.csv`,
        csv([
          'Training',
          'Run date: 02-Nov-2026 08:00',
          'Employee Number,Competence,Status,Achieved On,Expires On',
          ...PEOPLE.map(
            (who) =>
              `${of(who).number},NHS|CSTF|Information Governance and Data Security - 1 Year|,Compliant,01-Sep-2026,01-Sep-2027`,
          ),
        ]),
        inside,
      ),
      holdings: own.write(`${fileName('holdings')}.csv`, holdings('02-Nov-2026 07:15', []), inside),
      formsCsv: own.write(
        `${fileName('OneForms')}.csv`,
        csv([
          'Reference,Submitted At,Requester Name,Requester Employee Number,Beneficiary Number,Beneficiary Name,Access Requested,Justification,Line Manager Name,Line Manager Employee Number,Line Manager Authorised,Authorised By,Authorised By Employee Number,Authorised At,Attachments',
          [
            reference,
            '02/11/2026 09:00',
            mark('requester as typed', letters('requester as typed')),
            of('requester').number,
            of('beneficiary').number,
            mark('beneficiary as typed', letters('beneficiary as typed')),
            'Local Reports',
            mark('justification', letters('justification', 22)),
            mark('manager as typed', letters('manager as typed')),
            of('manager').number,
            'Yes',
            mark('authoriser as typed', letters('authoriser as typed')),
            of('manager').number,
            '02/11/2026 10:00',
            `${mark('attachment', letters('attachment'))}.pdf`,
          ].join(','),
        ]),
        inside,
      ),
      formsJson: own.write(
        `${fileName('OneForms as JSON')}.json`,
        JSON.stringify({
          source: 'Service Desk portal',
          exportedAt: '2026-11-02T07:30:00+00:00',
          forms: [
            {
              reference: returned,
              submittedAt: '2026-11-02T09:00:00+00:00',
              requester: { name: name('requester'), employeeNumber: of('requester').number },
              beneficiary: { number: of('stranger').number, name: name('stranger') },
              accessRequested: 'Local Reports',
              justification: mark('justification in JSON', letters('justification in JSON', 22)),
              lineManager: { name: name('manager'), employeeNumber: of('manager').number },
              authorisation: null,
              attachments: [`${mark('attachment in JSON', letters('attachment in JSON'))}.pdf`],
            },
          ],
        }),
        inside,
      ),
    },
    writeLaterHoldings: (runAt) =>
      own.write(
        `${fileName('later holdings')}.csv`,
        holdings(londonRun(runAt), [
          // Keyed on that day: an extract verifies only the dates that were keyed.
          holdingRow('beneficiary', 'Local Reports', londonRun(runAt).slice(0, 11)),
          holdingRow('stranger', 'Payroll Administration', '01-Nov-2026'),
        ]),
        inside,
      ),
  };
}

/** As ESR writes when it was run: `20-Nov-2026 17:04:02`, London time. */
function londonRun(at: Date): string {
  const part = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/London',
      day: '2-digit',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { day, month = '', year, hour, minute, second } = part;
  return `${day}-${month.slice(0, 3)}-${year} ${hour}:${minute}:${second}`;
}
