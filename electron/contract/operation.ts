import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Decision } from './signing.contract.ts';

/** Who may call an operation: 'anyone' also before sign-in, 'signed-in' whatever the role, else one of the roles. */
export type Permission = 'anyone' | 'signed-in' | readonly RoleId[];
export type RoleId = 'officer' | 'hr-admin' | 'team-lead' | 'caldicott' | 'owner';

/**
 * One operation of the contract. `command` changes something and leaves an event in the ledger; `query` changes nothing; `note` is a
 * query to whoever asks and keeps something by the way, of which the ledger says nothing.
 * `file: true` means the page passes a File the person chose; the preload turns it into a path the page cannot forge.
 */
export interface Operation {
  readonly kind: 'command' | 'query' | 'note';
  readonly may: Permission;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** An input of the right shape that names nothing there is. Tests call the operation with it, and with what is wrong in one place. */
  readonly example: unknown;
  readonly errors: readonly ErrorCode[];
  /** Areas beside its own of which the screens read again after it. Home and the ledger always do. */
  readonly touches?: readonly string[];
  /** The decision that it signs: made outside the write gate, since a card may take its time, and decided within. */
  readonly signs?: Decision;
  /** It runs a job, ends one, or asks a card: so it takes the write gate by itself, at the moment it writes. */
  readonly gate?: 'takes-itself';
  readonly file?: true;
  /** Answered by the shell itself (theme, clipboard, window), not by the core. */
  readonly shell?: true;
}

type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

type ExampleOf<O> = O extends { readonly input: infer I extends z.ZodType }
  ? { readonly example: DeepReadonly<z.input<I>> }
  : never;

/** Keeps the literal types of an area's operations while checking their form, and each example by its own input. */
export const defineOperations = <const T extends Record<`${string}:${string}`, Operation>>(
  operations: T & { readonly [N in keyof T]: ExampleOf<T[N]> },
): T => operations;

/** Whether the write gate is held for the whole of it. */
export const holdsGate = ({ kind, gate, signs }: Operation): boolean =>
  kind !== 'query' && gate === undefined && signs === undefined;

/** The largest request the registrar reads, as UTF-16 units of its JSON. Files travel by path, so nothing honest is near it. */
export const MAX_INPUT_CHARACTERS = 256 * 1024;
