import type { FromCardHost, ToCardHost } from '../../adapters/cards/card-relay.ts';
import type { Answer, EventName, EventPayload, OperationName } from '../../contract/contract.ts';

/** What the shell hands the core when it starts. Folders only; nothing of Electron goes into a worker thread. */
export interface CoreStart {
  readonly userDataDir: string;
  readonly resourcesDir: string;
  readonly migrationsDir: string;
  readonly jobThreadFile: string;
  /** The packaged program's executable, whose fuses are read; null where it is not packaged. */
  readonly packagedAs: string | null;
}

/** Why the shell locks by itself; a person's own lock is a command. */
export type ShellLock = 'idle' | 'suspend' | 'screen-lock' | 'window-stopped';

export type ToCore =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly operation: OperationName;
      readonly input: unknown;
      readonly correlationId: string;
    }
  | { readonly type: 'lock'; readonly id: number; readonly because: ShellLock }
  | { readonly type: 'close'; readonly id: number }
  /** What the card process found or did; see electron/main/cards. */
  | { readonly type: 'card'; readonly message: FromCardHost };

export type FromCore =
  | { readonly type: 'ready'; readonly sqlite: string }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer<unknown> }
  | { readonly type: 'locked' | 'closed'; readonly id: number }
  | {
      [N in EventName]: { readonly type: 'event'; readonly name: N; readonly payload: EventPayload<N> };
    }[EventName]
  | { readonly type: 'card'; readonly message: ToCardHost }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly entry: LogEntry };

/** A log line without free text: a message of an error could carry what was being worked on. */
export interface LogEntry {
  readonly what: string;
  readonly correlationId?: string;
  readonly code?: string;
  readonly where?: readonly string[];
}
