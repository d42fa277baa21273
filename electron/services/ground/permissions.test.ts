import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract, type OperationName, operationNames } from '../../contract/contract.ts';
import type { Operation, RoleId } from '../../contract/operation.ts';
import { createDispatch } from './dispatch.ts';
import type { Handlers } from './handlers.ts';
import type { SignedIn } from './permit.ts';
import { createWriteGate } from './write-gate.ts';

const ROLES = ['officer', 'hr-admin', 'team-lead', 'caldicott', 'owner'] as const satisfies RoleId[];
const COLUMNS = ['nobody', 'first password', ...ROLES] as const;
type Column = (typeof COLUMNS)[number];

/** What somebody may do before they have chosen a password of their own; everything that asks for no sign-in besides. */
const BEFORE_OWN_PASSWORD: readonly OperationName[] = [
  'session:changePassword',
  'session:signOut',
  'session:lock',
];

const entry = (name: OperationName): Operation => contract[name];
const person = (roles: readonly RoleId[], mustChangePassword = false): SignedIn => ({
  userId: 'u1',
  displayName: 'Somebody',
  employeeNumber: '90000001',
  roles,
  mustChangePassword,
});
const subject = (column: Column): SignedIn | null => {
  if (column === 'nobody') return null;
  // Every role at once: what is refused is refused for the password alone.
  return column === 'first password' ? person(ROLES, true) : person([column]);
};

function expected(name: OperationName, column: Column): string {
  const { may } = entry(name);
  if (may === 'anyone') return 'reached';
  if (column === 'nobody') return 'NOT_SIGNED_IN';
  if (column === 'first password')
    return BEFORE_OWN_PASSWORD.includes(name) ? 'reached' : 'MUST_CHANGE_PASSWORD';
  return may === 'signed-in' || may.includes(column) ? 'reached' : 'NOT_PERMITTED';
}

/** Sends the operation through the dispatch, and says whether its handler was reached, or the refusal's code. */
async function outcome(name: OperationName, user: SignedIn | null): Promise<string> {
  const reached: OperationName[] = [];
  const handlers = Object.fromEntries(operationNames.map((each) => [each, () => void reached.push(each)]));
  const dispatch = createDispatch({
    handlers: handlers as unknown as Handlers,
    signedIn: () => user,
    gate: createWriteGate(),
    explain: () => null,
    onException: (error) => {
      throw error;
    },
    onChanged: () => undefined,
  });
  const answer = await dispatch(name, {}, 'correlation');
  expect(reached, 'a refused operation reaches no handler').toEqual(answer.ok ? [name] : []);
  return answer.ok ? 'reached' : answer.code;
}

describe('who may call what', () => {
  it.each(operationNames.map((name) => [name]))('%s', async (name) => {
    for (const column of COLUMNS) {
      expect(await outcome(name, subject(column)), column).toBe(expected(name, column));
    }
  });

  it('a person with several roles may do what any of them may, and one without any is refused', async () => {
    for (const name of operationNames) {
      const { may } = entry(name);
      if (typeof may === 'string') continue;
      const last = may.at(-1) as RoleId;
      const other = ROLES.find((role) => !may.includes(role));
      expect(await outcome(name, person(other === undefined ? [last] : [other, last]))).toBe('reached');
      expect(await outcome(name, person([]))).toBe('NOT_PERMITTED');
    }
  });
});

describe('the table of the design', () => {
  const GUARDIANS: readonly string[] = ['requests:decideException', 'requests:endException'];
  const mayCommand = (role: RoleId): OperationName[] =>
    operationNames.filter((name) => {
      const { kind, may } = entry(name);
      return kind === 'command' && typeof may !== 'string' && may.includes(role);
    });

  it('lets a team lead sign off the audit log and change nothing, and a Caldicott Guardian decide exceptions and nothing else', () => {
    expect(mayCommand('team-lead')).toEqual(['ledger:signOff']);
    expect(mayCommand('caldicott')).toEqual(GUARDIANS);
  });

  it('lets nobody but the owner change accounts and settings, and nobody but an officer take a step', () => {
    const only = (role: RoleId, pattern: RegExp) => {
      const found = operationNames.filter(
        (name) => pattern.test(name) && entry(name).kind === 'command' && !GUARDIANS.includes(name),
      );
      expect(found).not.toHaveLength(0);
      for (const name of found) expect(entry(name).may, name).toEqual([role]);
    };
    only('owner', /^users:|^settings:change$/);
    only('officer', /^requests:|^findings:/);
  });

  it('lets nobody see data of the register, the work or the ledger without signing in', () => {
    const open = operationNames.filter((name) => entry(name).may === 'anyone');
    // Which card lies in a reader must be known to sign in by it, and is none of these.
    expect(open.filter((name) => !/^(app|session|jobs):/.test(name))).toEqual(['cards:getState']);
  });
});

function document(): string {
  const rows = operationNames.map((name) => {
    const { kind, shell } = entry(name);
    const cells = COLUMNS.map((column) => (expected(name, column) === 'reached' ? 'yes' : '–'));
    return `| \`${name}\` | ${kind}${shell ? ', shell' : ''} | ${cells.join(' | ')} |`;
  });
  return [
    '# Who may call what',
    '',
    'Written from the contract by `electron/services/ground/permissions.test.ts`, which fails when this page is stale; run it with',
    '`-u` to write it anew. "Nobody" is before sign-in; "first password" is somebody, of whatever role, who has yet to choose',
    'a password of their own. Operations of the shell (theme, clipboard, about) never reach the store.',
    '',
    `| operation | kind | ${COLUMNS.join(' | ')} |`,
    `| --- | --- | ${COLUMNS.map(() => '---').join(' | ')} |`,
    ...rows,
    '',
  ].join('\n');
}

it('docs/permissions.md is current', async () => {
  const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'permissions.md');
  expect(existsSync(file), 'make it empty, then run with -u').toBe(true);
  await expect(document()).toMatchFileSnapshot(file);
});
