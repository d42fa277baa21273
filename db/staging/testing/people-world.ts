import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestDetail } from '../../../electron/contract/requests.contract.ts';
import type { ActingContext } from '../../../electron/services/ground/context.ts';
import type { StoredFinding, StoredUser } from '../../../electron/services/ground/ports.ts';
import type { ImportFiles } from '../../../electron/services/imports/import-ports.ts';
import * as requests from '../../../electron/services/requests/request.service.ts';
import { requestDetail } from '../../../electron/services/requests/request-detail.ts';
import { NO_CARD_YET } from '../../../electron/services/session/new-store.ts';
import { goName, goText, LOCATION, ORGANISATION, POSITION, person, post } from './go-text.ts';
import { createImportBench, type ImportBench } from './import-bench.ts';

const ACCOUNTS = { officer: '90000002', officer2: '90000003' } as const;
type Officer = keyof typeof ACCOUNTS;

export interface PeopleWorld {
  readonly bench: ImportBench;
  /** A full file of this run and day, with person 9001 (Chief) in post besides. */
  readonly go: (run: number, day: string, rows: readonly string[]) => Promise<unknown>;
  readonly holdings: (
    takenAt: string,
    rows: readonly string[],
    startingPosition?: boolean,
  ) => Promise<unknown>;
  readonly training: (takenAt: string, employeeNumbers: readonly string[]) => Promise<unknown>;
  /** A form for HR Data Entry that the manager of this number authorised; its request's id. */
  readonly form: (beneficiary: string, manager: string) => Promise<string>;
  /** The same, authorised and approved here. */
  readonly approved: (beneficiary: string, manager: string) => Promise<string>;
  readonly take: (step: 'withdraw' | 'undo', id: string) => void;
  readonly detail: (id: string) => RequestDetail;
  /** The facts against the approval, as the page says them. */
  readonly against: (id: string) => string;
  readonly open: () => readonly StoredFinding[];
}

/** People as they really move: their files through the ordinary imports, requests by the ordinary steps. */
export function createPeopleWorld(name: string, files: ImportFiles): PeopleWorld {
  const bench = createImportBench(name, files);
  const { access, register, clock } = bench.context;
  access.transaction(() => {
    for (const [id, employeeNumber] of Object.entries(ACCOUNTS)) {
      const user: StoredUser = {
        id,
        username: id,
        displayName: `The ${id}`,
        employeeNumber,
        roles: ['officer'],
        createdAt: '2026-01-01T09:00:00.000Z',
        lastSignInAt: null,
        endedAt: null,
        mustChangePassword: false,
        ...NO_CARD_YET,
      };
      access.users.insert(user);
    }
  });
  const description = { name: 'trust', trustName: 'Trust', vpd: '919', environment: 'TPLY' } as const;
  const as = (officer: Officer): ActingContext => ({
    store: { access, register, description },
    clock,
    actor: {
      userId: officer,
      displayName: `The ${officer}`,
      employeeNumber: ACCOUNTS[officer],
      roles: ['officer'],
      mustChangePassword: false,
    },
  });
  let written = 0;
  const write = (file: string, text: string): string => {
    written += 1;
    const folder = join(bench.dir, `files-${written}`);
    mkdirSync(folder);
    writeFileSync(join(folder, file), text);
    return join(folder, file);
  };
  const csv = (header: string, rows: readonly string[]) =>
    write('rows.csv', `${[header, ...rows].join('\n')}\n`);
  const step = (id: string) => ({ id, revision: access.requests.get(id)?.revision ?? -1 });
  const detail = (id: string) => requestDetail(as('officer2'), id);
  const form: PeopleWorld['form'] = async (beneficiary, manager) => {
    const one = {
      reference: 'SD-1',
      submittedAt: '2026-11-05T09:00:00Z',
      requester: { name: 'R', employeeNumber: beneficiary },
      beneficiary: { number: beneficiary, name: 'B' },
      accessRequested: '919 HR Data Entry',
      justification: 'Need',
      lineManager: { name: 'L', employeeNumber: manager },
      authorisation: { authorised: 'Yes', by: 'L', byEmployeeNumber: manager, at: '2026-11-06' },
      attachments: [],
    };
    const text = JSON.stringify({ source: 'Portal', exportedAt: '2026-11-09T08:00:00Z', forms: [one] });
    await bench.apply(write('forms.json', text), { kind: 'oneforms' });
    const id = access.requests.byReference('SD-1')?.request.id;
    if (id === undefined) throw new Error('the form was not taken in');
    return id;
  };
  return {
    bench,
    go: (run, day, rows) => {
      const all = [LOCATION, ORGANISATION, POSITION, person(9001, 'Chief'), post(9001), ...rows];
      return bench.apply(write(goName({ run, day }), goText({ run, day }, all)), { kind: 'go' });
    },
    holdings: (takenAt, rows, startingPosition) =>
      bench.apply(csv('Employee Number,User Name,Responsibility,Start Date,End Date', rows), {
        kind: 'holdings',
        takenAt,
        startingPosition: startingPosition ?? null,
      }),
    training: (takenAt, numbers) =>
      bench.apply(
        csv(
          'Employee Number,Competence,Status,Achieved On,Expires On',
          numbers.map((number) => `${number},000 Data Security Awareness,Compliant,01-Sep-2025,01-Sep-2027`),
        ),
        { kind: 'training', takenAt },
      ),
    form,
    approved: async (beneficiary, manager) => {
      const id = await form(beneficiary, manager);
      requests.recordAuthorisation(as('officer'), step(id));
      requests.approve(as('officer'), { ...step(id), signature: null }, null);
      return id;
    },
    take: (which, id) => {
      const input = { ...step(id), reason: 'said in a test' };
      if (which === 'undo') requests.undo(as('officer2'), input);
      else requests.withdraw(as('officer2'), input);
    },
    detail,
    against: (id) =>
      detail(id)
        .objection?.points.map(({ fact }) => fact)
        .join(' ') ?? '',
    open: () => access.findings.open(),
  };
}
