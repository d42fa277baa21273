import { randomUUID } from 'node:crypto';
import { app, clipboard, nativeTheme } from 'electron';
import type {
  Answer,
  Contract,
  EventName,
  EventPayload,
  Input,
  OperationName,
  Output,
} from '../../contract/contract.ts';
import type { Handler } from '../../services/ground/receive.ts';
import type { CoreHost } from '../core/core-host.ts';
import type { Log } from '../logging/log.ts';
import { writeTheme } from '../platform/preferences.ts';

type ShellOperation = {
  [N in OperationName]: Contract[N] extends { readonly shell: true } ? N : never;
}[OperationName];

export interface ShellHandlerParts {
  readonly core: CoreHost;
  readonly log: Log;
  readonly preferencesFile: string;
  readonly isSignedIn: () => boolean;
  readonly tell: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
}

/** What the shell answers by itself: the look, the clipboard, what runs here, and a screen's fault into the log. */
export function shellHandlers(parts: ShellHandlerParts): ReadonlyMap<OperationName, Handler> {
  const { core, log } = parts;
  const handlers: { readonly [N in ShellOperation]: (input: Input<N>) => Output<N> | Promise<Output<N>> } = {
    'app:about': () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      sqlite: core.sqliteVersion(),
      platform: `${process.platform} ${process.arch}`,
    }),
    'app:getTheme': () => ({ theme: nativeTheme.themeSource }),
    'app:setTheme': ({ theme }) => {
      nativeTheme.themeSource = theme;
      writeTheme(parts.preferencesFile, theme);
      parts.tell('app:themeChanged', { theme, dark: nativeTheme.shouldUseDarkColors });
      return { theme };
    },
    'app:copyText': async ({ text }) => {
      // A promise since Electron 44, done at once before; awaiting is right for both.
      await clipboard.writeText(text);
      return { done: true };
    },
    'app:reportFault': ({ name, where }) => {
      const correlationId = randomUUID();
      const places = where
        .split('\n')
        .filter((line) => /^\s*at /.test(line))
        .slice(0, 12);
      void log.write('error', { what: 'screen', code: name, where: places, correlationId });
      return { correlationId };
    },
  };
  const needsSession: ReadonlySet<string> = new Set<ShellOperation>(['app:copyText']);
  return new Map(
    Object.entries(handlers).map(([name, handle]) => {
      const handler: Handler = async (input, correlationId): Promise<Answer<unknown>> => {
        if (needsSession.has(name) && !parts.isSignedIn()) {
          return {
            ok: false,
            code: 'NOT_SIGNED_IN',
            message: 'You are not signed in. Sign in, then try again.',
            correlationId,
          };
        }
        // The registrar has parsed the input by this very entry of the contract.
        return { ok: true, data: await (handle as (input: unknown) => unknown)(input) };
      };
      return [name as OperationName, handler];
    }),
  );
}
