import { and, eq, sql } from 'drizzle-orm';
import { queueFilter, queueSort } from '../../electron/contract/requests.contract.ts';
import { isRole, type Role } from '../../electron/domain/access/roles.ts';
import { canonicalJson } from '../../electron/domain/ledger/canonical-json.ts';
import type {
  DraftRepository,
  SettingRepository,
  StoredUser,
  UserRepository,
  ViewRepository,
} from '../../electron/services/ground/ports.ts';
import { drafts, savedViews, settings, users } from '../schema/work.ts';
import type { Drizzle } from './drizzle.ts';
import { once } from './kept-statements.ts';

export function createUserRepository(orm: Drizzle): UserRepository {
  const toUser = (row: typeof users.$inferSelect): StoredUser => ({ ...row, roles: parseRoles(row.roles) });
  const toRow = (user: StoredUser) => ({ ...user, roles: JSON.stringify(user.roles) });
  const one = (row: typeof users.$inferSelect | undefined) => (row === undefined ? null : toUser(row));
  // Everybody is asked for at every look at a request.
  const byId = once(() =>
    orm
      .select()
      .from(users)
      .where(eq(users.id, sql.placeholder('id')))
      .prepare(),
  );
  const everybody = once(() => orm.select().from(users).orderBy(users.username).prepare());
  return {
    get: (id) => one(byId().get({ id })),
    byUsername: (username) =>
      one(orm.select().from(users).where(eq(users.username, username.toLowerCase())).get()),
    byCard: (uuid) => one(orm.select().from(users).where(eq(users.cardUuid, uuid)).get()),
    list: () => everybody().all().map(toUser),
    insert: (user) => {
      orm.insert(users).values(toRow(user)).run();
    },
    update: (user) => {
      orm.update(users).set(toRow(user)).where(eq(users.id, user.id)).run();
    },
  };
}

function parseRoles(text: string): readonly Role[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value)
    ? value.filter((role): role is Role => typeof role === 'string' && isRole(role))
    : [];
}

export function createViewRepository(orm: Drizzle): ViewRepository {
  return {
    list: (userId) =>
      orm
        .select()
        .from(savedViews)
        .where(eq(savedViews.userId, userId))
        .orderBy(savedViews.name)
        .all()
        .map((row) => ({
          ...row,
          // Views kept before an objection could be filtered by have none of it.
          filter: queueFilter.parse({ objected: false, ...JSON.parse(row.filter) }),
          sort: queueSort.parse(JSON.parse(row.sort)),
        })),
    save: (view) => {
      const filter = JSON.stringify(view.filter);
      const sort = JSON.stringify(view.sort);
      orm
        .insert(savedViews)
        .values({ ...view, filter, sort })
        .onConflictDoUpdate({ target: [savedViews.userId, savedViews.name], set: { filter, sort } })
        .run();
    },
    remove: (userId, id) =>
      orm
        .delete(savedViews)
        .where(and(eq(savedViews.userId, userId), eq(savedViews.id, id)))
        .run().changes > 0,
  };
}

export function createDraftRepository(orm: Drizzle): DraftRepository {
  const of = (userId: string, key: string) => and(eq(drafts.userId, userId), eq(drafts.key, key));
  return {
    list: (userId) =>
      orm
        .select({ key: drafts.key, value: drafts.value })
        .from(drafts)
        .where(eq(drafts.userId, userId))
        .orderBy(drafts.key)
        .all(),
    keep: (userId, key, value, at) => {
      if (value === null) orm.delete(drafts).where(of(userId, key)).run();
      else
        orm
          .insert(drafts)
          .values({ userId, key, value, savedAt: at })
          .onConflictDoUpdate({ target: [drafts.userId, drafts.key], set: { value, savedAt: at } })
          .run();
    },
  };
}

export function createSettingRepository(orm: Drizzle): SettingRepository {
  const byKey = once(() =>
    orm
      .select()
      .from(settings)
      .where(eq(settings.key, sql.placeholder('key')))
      .prepare(),
  );
  return {
    read: (key) => {
      const row = byKey().get({ key });
      return row === undefined ? undefined : JSON.parse(row.value);
    },
    write: (key, value) => {
      const text = canonicalJson(value);
      orm
        .insert(settings)
        .values({ key, value: text })
        .onConflictDoUpdate({ target: settings.key, set: { value: text } })
        .run();
    },
  };
}
