import { z } from 'zod';
import { accountsOperations } from './accounts.contract.ts';
import { appOperations, theme } from './app.contract.ts';
import { cardsOperations, cardsState } from './cards.contract.ts';
import { draftsOperations } from './drafts.contract.ts';
import type { ErrorCode } from './errors.ts';
import { findingsOperations } from './findings.contract.ts';
import { homeOperations } from './home.contract.ts';
import { importsOperations } from './imports.contract.ts';
import { jobProgress, jobsOperations } from './jobs.contract.ts';
import { ledgerOperations } from './ledger.contract.ts';
import { registerOperations } from './register.contract.ts';
import { requestsOperations } from './requests.contract.ts';
import { securityOperations } from './security.contract.ts';
import { sessionOperations, sessionState } from './session.contract.ts';
import { settingsOperations } from './settings.contract.ts';
import { signingOperations } from './signing.contract.ts';
import { usersOperations } from './users.contract.ts';
import { viewsOperations } from './views.contract.ts';

/** The whole agreement between screens and main. Everything else (api, preload, handlers, tests) is derived from it. */
/** The areas, a line each. */
export const contract = {
  ...appOperations,
  ...homeOperations,
  ...settingsOperations,
  ...sessionOperations,
  ...usersOperations,
  ...draftsOperations,
  ...cardsOperations,
  ...securityOperations,
  ...signingOperations,
  ...requestsOperations,
  ...viewsOperations,
  ...findingsOperations,
  ...importsOperations,
  ...jobsOperations,
  ...registerOperations,
  ...accountsOperations,
  ...ledgerOperations,
};
export type Contract = typeof contract;
export type OperationName = keyof Contract;
export type Input<N extends OperationName> = z.infer<Contract[N]['input']>;
export type Output<N extends OperationName> = z.infer<Contract[N]['output']>;

/** What main tells the screens unasked. */
export const events = {
  'session:changed': sessionState,
  'cards:changed': cardsState,
  'jobs:progress': jobProgress,
  /** Areas whose data changed: the screens read again what they show of them. */
  'data:changed': z.strictObject({ areas: z.array(z.string()) }),
  'app:themeChanged': z.strictObject({ theme, dark: z.boolean() }),
};
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
export type Answer<T> =
  | { readonly ok: true; readonly data: T }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly correlationId: string;
      readonly details?: ErrorDetails;
    };

type AreaOf<N extends string> = N extends `${infer A}:${string}` ? A : never;
type VerbOf<N extends string, A extends string> = N extends `${A}:${infer V}` ? V : never;
type Argument<N extends OperationName> = Contract[N] extends { readonly file: true } ? File : Input<N>;

/** `window.api`: `api.requests.approve(input)`; an operation that takes a file is given the File itself. */
export type Api = {
  readonly [A in AreaOf<OperationName>]: {
    readonly [V in VerbOf<OperationName, A>]: (
      input: Argument<Extract<`${A}:${V}`, OperationName>>,
    ) => Promise<Answer<Output<Extract<`${A}:${V}`, OperationName>>>>;
  };
} & {
  readonly on: <N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void) => () => void;
};

export const operationNames = Object.keys(contract) as readonly OperationName[];
