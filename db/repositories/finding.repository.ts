import { and, count, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { FINDING_KINDS, type FindingKind } from '../../electron/domain/requests/verification-facts.ts';
import type { FindingRepository, StoredFinding } from '../../electron/services/ground/ports.ts';
import { isEmpty, withoutIndexes } from '../bulk-load.ts';
import type { StoreConnection } from '../connection.ts';
import { approvalsGone, findings, startingPositions } from '../schema/work.ts';
import type { Drizzle } from './drizzle.ts';
import { once } from './kept-statements.ts';

export function createFindingRepository(db: StoreConnection, orm: Drizzle): FindingRepository {
  // An extract has as many as a trust has access: written without what an ORM takes for each.
  const insertPosition = once(() =>
    db.prepare<unknown[]>(
      `insert into starting_position (employee_number, person_id, username, exported_name, urp, from_date, until_date, import_id)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  );
  // Asked in every look at a request.
  const openOf = once(() =>
    orm
      .select()
      .from(findings)
      .where(and(eq(findings.requestId, sql.placeholder('requestId')), isNull(findings.settledAt)))
      .orderBy(findings.raisedAt)
      .prepare(),
  );
  const knownOf = once(() =>
    orm
      .select()
      .from(findings)
      .where(
        and(
          KNOWN,
          or(
            sql`${findings.employeeNumber} in (select value from json_each(${sql.placeholder('numbers')}))`,
            sql`${findings.employeeNumber} = '' and upper(${findings.username}) in (select value from json_each(${sql.placeholder('accounts')}))`,
          ),
        ),
      )
      .prepare(),
  );
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
          causeGoneAt: null,
        })
        .where(eq(findings.id, id))
        .run();
    },
    openOf: (requestId) => openOf().all({ requestId }),
    open: () => orm.select().from(findings).where(isNull(findings.settledAt)).all(),
    known: () => orm.select().from(findings).where(KNOWN).all(),
    knownOf: (employeeNumbers, usernames) =>
      knownOf().all({ numbers: JSON.stringify(employeeNumbers), accounts: JSON.stringify(usernames) }),
    lapse: (id, at) => {
      orm.update(findings).set({ causeGoneAt: at }).where(eq(findings.id, id)).run();
    },
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
      const rows = orm
        .select({ kind: findings.kind, n: count() })
        .from(findings)
        .where(isNull(findings.settledAt))
        .groupBy(findings.kind)
        .all();
      const of = (kind: FindingKind) => [kind, rows.find((row) => row.kind === kind)?.n ?? 0] as const;
      return Object.fromEntries(FINDING_KINDS.map(of)) as Record<FindingKind, number>;
    },
    startingPositions: () =>
      orm
        .select()
        .from(startingPositions)
        .all()
        .map(({ rowId, fromDate, untilDate, importId: _, ...position }) => ({
          ...position,
          id: rowId,
          from: fromDate,
          until: untilDate,
        })),
    acceptPositions: (positions, importId) => {
      const insert = insertPosition();
      const fill = () => {
        for (const { employeeNumber, personId, username, exportedName, urp, from, until } of positions) {
          insert.run(employeeNumber, personId, username, exportedName, urp, from, until, importId);
        }
      };
      if (isEmpty(db, 'starting_position')) withoutIndexes(db, 'starting_position', fill);
      else fill();
    },
    positionsGone: (ids, since) => {
      for (const some of inPieces(ids)) {
        orm
          .update(startingPositions)
          .set({ goneSince: since })
          .where(inArray(startingPositions.rowId, [...some]))
          .run();
      }
    },
    approvalsGone: (requestIds, importId, since) => {
      for (const requestId of requestIds) {
        orm
          .insert(approvalsGone)
          .values({ requestId, importId, goneSince: since })
          .onConflictDoNothing()
          .run();
      }
    },
  };
}

/** Open, or settled by a person while what it is about still stands. */
const KNOWN = or(
  isNull(findings.settledAt),
  and(isNotNull(findings.settledBy), isNull(findings.causeGoneAt)),
);

/** SQLite takes so many values in one statement. */
function* inPieces<T>(list: readonly T[], size = 500): Generator<readonly T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size);
}
