import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createStoreAccess } from '../db/repositories/store-access.ts';
import { createImportBench, type ImportBench, VPD } from '../db/staging/testing/import-bench.ts';
import { makeFolder, NOW } from '../db/testing/store-folder.ts';
import { createImportFiles } from '../electron/adapters/tabular-files/import-files.ts';
import { newRequest, type StepBy } from '../electron/domain/requests/request.ts';
import type { ActingContext } from '../electron/services/ground/context.ts';
import type { ServiceContext } from '../electron/services/ground/ports.ts';
import { judgeApprovals } from '../electron/services/requests/judge-requests.ts';
import { requestDetail } from '../electron/services/requests/request-detail.ts';
import { NO_CARD_YET } from '../electron/services/session/new-store.ts';
import type { Figure } from './lib/report.ts';
import type { Bench } from './lib/tools.ts';
import { writeTrustFiles } from './lib/trust-files.ts';

const APPROVED = 5000;
const DECISIONS = 100;
const APPROVER = 'user-approver';

const service: ServiceContext = {
  clock: { now: () => NOW, today: () => NOW.slice(0, 10) },
  ids: { next: () => randomUUID(), salt: () => randomBytes(16) },
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};

/** Approved requests of people in post, each authorised by the supervisor whom ESR shows. */
function addApproved({ store }: ImportBench, access: ReturnType<typeof createStoreAccess>): void {
  const people = store.db
    .prepare<[number], { number: string; manager: string }>(
      `select p.employee_number as number, m.employee_number as manager from assignment a
       join person p on p.person_id = a.person_id and p.until_import_id is null
       join person m on m.person_id = a.supervisor_person_id and m.until_import_id is null
       where a.until_import_id is null and a.supervisor_person_id <> a.person_id group by p.employee_number limit ?`,
    )
    .all(APPROVED);
  const by: StepBy = { userId: APPROVER, employeeNumber: '90000009', at: NOW };
  access.transaction(() => {
    access.users.insert({
      ...{ id: APPROVER, username: 'approver', displayName: 'Approver', employeeNumber: '90000009' },
      ...{ roles: ['officer'], createdAt: NOW, lastSignInAt: null, endedAt: null, mustChangePassword: false },
      ...NO_CARD_YET,
    });
    for (const [i, { number, manager }] of people.entries()) {
      const authorisation = { by: { number: manager, name: 'Manager' }, on: '2026-11-01' };
      const form = {
        reference: `BN${String(i).padStart(7, '0')}`,
        submittedAt: NOW,
        requester: { number, name: 'Requester' },
        beneficiary: { number, name: 'Requester' },
        accessAsTyped: 'HR Data Entry',
        justification: 'Need',
        lineManager: authorisation.by,
        authorisation,
        attachments: [],
      };
      const urp = 'HR Data Entry';
      const fresh = newRequest({
        id: `bench-${i}`,
        form,
        urp,
        authorisationNeeded: true,
        beneficiary: number,
      });
      const progress = {
        ...fresh.progress,
        status: 'approved' as const,
        authorisation: { ...authorisation, recorded: by },
        approval: by,
      };
      access.requests.insert({ request: { ...fresh, progress }, revision: 1, changedAt: NOW, person: 'P' });
    }
  });
}

const timed = (work: () => unknown): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

/** A look at a request with every prerequisite judged, and the judging of 5,000 approvals that an import does. */
export async function benchJudging({ options, runs, say }: Bench): Promise<readonly Figure[]> {
  const folder = makeFolder('bench-judging');
  const bench = createImportBench('bench-judging-store', createImportFiles());
  try {
    const { people } = options;
    for (const { file, options: given } of writeTrustFiles(folder.dir, { people, requests: 50 }).slice(0, 4))
      await bench.apply(file, given);
    const access = createStoreAccess(bench.store.db, service);
    addApproved(bench, access);
    const store = { access, register: bench.context.register };
    const judge = () =>
      access.transaction(() => judgeApprovals(store, service.clock, 'bench', () => undefined));
    const before = process.cpuUsage();
    const first = timed(judge);
    const { user, system } = process.cpuUsage(before);
    const again = Array.from({ length: runs }, () => timed(judge));
    say(
      `first ${first.toFixed(0)} ms (${((user + system) / 1000).toFixed(0)} ms of processor time); again ${again.map((ms) => ms.toFixed(0)).join(', ')} ms`,
    );
    const context: ActingContext = {
      store: { ...store, description: { name: 'trust', trustName: 'T', vpd: VPD, environment: 'TPLY' } },
      clock: service.clock,
      actor: {
        userId: 'u',
        displayName: 'O',
        employeeNumber: '90000010',
        roles: ['officer'],
        mustChangePassword: false,
      },
    };
    requestDetail(context, 'bench-0');
    const looks = Array.from({ length: DECISIONS }, (_, i) =>
      timed(() => requestDetail(context, `bench-${(i * 37) % APPROVED}`)),
    );
    return [
      {
        name: `A request with proof: every fact read and judged, ${people.toLocaleString('en-GB')} people`,
        judged: 'p95',
        target: 5,
        ours: { what: 'one look', unit: 'ms', values: looks },
        note: 'What the screen of a request is answered with, in the core’s thread.',
      },
      {
        name: `Judging ${APPROVED.toLocaleString('en-GB')} approvals again, beyond the import itself`,
        judged: 'p95',
        target: 2000,
        ours: { what: 'all of them', unit: 'ms', values: again },
        note: `In the job’s thread, where nothing changed; the first time, where many objections were written with their events, ${first.toFixed(0)} ms.`,
      },
    ];
  } finally {
    bench.close();
    folder.remove();
  }
}
