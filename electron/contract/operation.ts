import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** Who may call an operation: 'anyone' also before sign-in, 'signed-in' whatever the role, else one of the roles. */
export type Permission = 'anyone' | 'signed-in' | readonly RoleId[];
export type RoleId = 'officer' | 'hr-admin' | 'team-lead' | 'caldicott' | 'owner';

/**
 * One operation of the contract. `command` changes something and leaves an event in the ledger; `query` changes nothing.
 * `file: true` means the page passes a File the person chose; the preload turns it into a path the page cannot forge.
 */
export interface Operation {
  readonly kind: 'command' | 'query';
  readonly may: Permission;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly errors: readonly ErrorCode[];
  readonly file?: true;
  /** Answered by the shell itself (theme, clipboard, window), not by the core. */
  readonly shell?: true;
}

/** Keeps the literal types of an area's operations while checking their form. */
export const defineOperations = <const T extends Record<`${string}:${string}`, Operation>>(
  operations: T,
): T => operations;

/** The largest request the registrar reads, as UTF-16 units of its JSON. Files travel by path, so nothing honest is near it. */
export const MAX_INPUT_CHARACTERS = 256 * 1024;
