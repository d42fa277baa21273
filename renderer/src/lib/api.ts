import {
  keepPreviousData,
  type QueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type {
  Answer,
  Api,
  Contract,
  ErrorDetails,
  EventName,
  EventPayload,
  Input,
  OperationName,
  Output,
} from '../../../electron/contract/contract.ts';
import type { ErrorCode } from '../../../electron/contract/errors.ts';

declare global {
  interface Window {
    /** Built by the preload from the contract. Nothing but this file may touch it. */
    readonly api: Api;
  }
}

/** What a caller passes: the contract's input, or the File itself where the operation takes a file. */
export type CallInput<N extends OperationName> = Contract[N] extends { readonly file: true }
  ? File
  : Input<N>;

/** An expected answer of "no": its code says which, its message says it in words with the next step. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly correlationId: string;

  constructor(code: ErrorCode, message: string, details: ErrorDetails, correlationId: string) {
    super(message);
    this.code = code;
    this.details = details;
    this.correlationId = correlationId;
  }
}

/** What was shown has changed since; nothing was done. */
export const isStale = (fault: unknown): boolean => fault instanceof Refusal && fault.code === 'STALE';

/** Unwraps the envelope: answers the data, or throws a `Refusal`. */
export const call = async <T>(answer: Promise<Answer<T>>): Promise<T> => {
  const settled = await answer;
  if (settled.ok) return settled.data;
  throw new Refusal(settled.code, settled.message, settled.details ?? {}, settled.correlationId);
};

type Caller = (input: unknown) => Promise<Answer<unknown>>;

/** Calls one operation by its contract name and unwraps the answer. */
export const invoke = <N extends OperationName>(name: N, input: CallInput<N>): Promise<Output<N>> => {
  const [area, verb] = name.split(':') as [string, string];
  const callers = window.api as unknown as Readonly<Record<string, Readonly<Record<string, Caller>>>>;
  const caller = callers[area]?.[verb];
  if (caller === undefined) return Promise.reject(new Error(`The program offers no ${name}.`));
  return call(caller(input) as Promise<Answer<Output<N>>>);
};

/** Listens to an event from the program; answers the function that stops listening. */
export const onEvent = <N extends EventName>(
  name: N,
  listener: (payload: EventPayload<N>) => void,
): (() => void) => window.api.on(name, listener);

const areaOf = (name: OperationName): string => name.slice(0, name.indexOf(':'));

/** Query keys begin with the area, so that `data:changed` can name what to read again. */
export const keyOf = <N extends OperationName>(name: N, input?: CallInput<N>): QueryKey =>
  input === undefined ? [areaOf(name), name] : [areaOf(name), name, input];

interface OperationOptions {
  readonly enabled?: boolean;
  /** Keeps showing the answer to the last input while the next one is read, so that nothing jumps. */
  readonly keepPrevious?: boolean;
}

/** Reads one query of the contract: `const people = useOperation('register:searchPeople', { text, offset, limit })`. */
export const useOperation = <N extends OperationName>(
  name: N,
  input: CallInput<N>,
  options: OperationOptions = {},
): UseQueryResult<Output<N>, Error> =>
  useQuery<Output<N>, Error>({
    queryKey: keyOf(name, input),
    queryFn: () => invoke(name, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  });

interface CommandOptions<N extends OperationName> {
  readonly onDone?: (output: Output<N>, input: CallInput<N>) => void;
  readonly onRefused?: (fault: Error) => void;
}

/** Runs one command of the contract. What changed is read again when the program says `data:changed`. */
export const useCommand = <N extends OperationName>(
  name: N,
  options: CommandOptions<N> = {},
): UseMutationResult<Output<N>, Error, CallInput<N>> =>
  useMutation<Output<N>, Error, CallInput<N>>({
    mutationFn: (input) => invoke(name, input),
    onSuccess: (output, input) => options.onDone?.(output, input),
    onError: (fault) => options.onRefused?.(fault),
  });

/** Reads again what the screens show of these areas. Home counts everything, so it is always among them. */
export const refreshAreas = (client: QueryClient, areas: readonly string[]): void => {
  for (const area of new Set([...areas, 'home'])) {
    void client.invalidateQueries({ queryKey: [area] });
  }
};

/** Plain words for any fault: a refusal carries its own; anything else is a bug and says only that. */
export const wordsOf = (fault: unknown): string =>
  fault instanceof Refusal
    ? fault.message
    : 'Something went wrong that the program did not expect. Try again; if it happens again, tell the system owner.';

/** The number to quote to whoever reads the log, when there is one. */
export const correlationOf = (fault: unknown): string | null =>
  fault instanceof Refusal ? fault.correlationId : null;
