import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { londonDate } from '../../domain/dates.ts';
import type { ServiceContext } from '../../services/ground/ports.ts';

/** Time, ids, salts and hashing as the services get them: the one place where they come from the machine. */
export function machineContext(): ServiceContext {
  const now = () => new Date().toISOString();
  return {
    clock: { now, today: () => londonDate(now()) },
    ids: { next: randomUUID, salt: () => randomBytes(16) },
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  };
}

/** Ms since the computer was started, sleep included. Unlike the clock, nobody can set it. */
export const machineUptime = (): number => uptime() * 1000;
