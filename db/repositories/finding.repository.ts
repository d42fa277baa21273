import { and, count, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { FindingRepository, StoredFinding } from '../../electron/services/ports.ts';
import { findings, startingPositions } from '../schema/work.ts';
import type { Drizzle } from './drizzle.ts';

export function createFindingRepository(orm: Drizzle): FindingRepository {
  return {
    get: (id) => orm.select().from(findings).where(eq(findings.id, id)).get() ?? null,
    insert: (finding: StoredFinding) => {
      orm.insert(findings).values(finding).run();
    },
    settle: (id, settled) => {
      orm
        .update(findings)
        .set({
          settledAt: settled?.at ?? null,
          settledBy: settled?.by ?? null,
          settlement: settled?.settlement ?? null,
        })
        .where(eq(findings.id, id))
        .run();
    },
    open: () => orm.select().from(findings).where(isNull(findings.settledAt)).all(),
    list: (open, { offset, limit }) => {
      const state = open ? isNull(findings.settledAt) : isNotNull(findings.settledAt);
      const total = orm.select({ n: count() }).from(findings).where(state).get()?.n ?? 0;
      const rows = orm
        .select()
        .from(findings)
        .where(state)
        .orderBy(desc(findings.raisedAt), findings.person, findings.id)
        .limit(limit)
        .offset(offset)
        .all();
      return { total, rows };
    },
    countOpen: () => {
      const of = (kind: StoredFinding['kind']) =>
        orm
          .select({ n: count() })
          .from(findings)
          .where(and(isNull(findings.settledAt), eq(findings.kind, kind)))
          .get()?.n ?? 0;
      return {
        'keyed-but-not-seen': of('keyed-but-not-seen'),
        'seen-but-never-approved': of('seen-but-never-approved'),
        'keyed-no-longer-grantable': of('keyed-no-longer-grantable'),
      };
    },
    startingPositions: () =>
      new Set(
        orm
          .select()
          .from(startingPositions)
          .all()
          .map(({ employeeNumber, urp }) => `${employeeNumber}|${urp}`),
      ),
  };
}
