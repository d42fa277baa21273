import {
  type Answer,
  type Api,
  contract,
  type EventName,
  type EventPayload,
  type Input,
  type OperationName,
  type Output,
  operationNames,
} from '../../../electron/contract/contract.ts';
import { Refusal } from './api.ts';

/** Per operation, what the fake answers; throwing a `Refusal` answers "no". */
type FakeAnswers = {
  readonly [N in OperationName]?: (input: Input<N>) => Output<N> | Promise<Output<N>>;
};

export interface FakeApi {
  readonly api: Api;
  /** Says an event, as the program would. */
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  /** Every call so far, oldest first. */
  readonly calls: readonly { readonly name: OperationName; readonly input: unknown }[];
}

type Listener = (payload: never) => void;

const refused = (fault: Refusal): Answer<never> => ({
  ok: false,
  code: fault.code,
  message: fault.message,
  correlationId: fault.correlationId,
  details: fault.details,
});

/**
 * A `window.api` for tests, held to the contract: input is parsed as the registrar would, and an answer that the
 * contract does not allow throws, so that a test cannot pass on a shape the program never sends.
 */
export const fakeApi = (answers: FakeAnswers): FakeApi => {
  const calls: { name: OperationName; input: unknown }[] = [];
  const listeners = new Map<EventName, Set<Listener>>();

  const answer = async (name: OperationName, input: unknown): Promise<Answer<unknown>> => {
    calls.push({ name, input });
    const operation = contract[name];
    const takesFile = 'file' in operation;
    const parsed = takesFile ? { success: true, data: input } : operation.input.safeParse(input);
    if (!parsed.success)
      return refused(new Refusal('INVALID_INPUT', `${name} was given bad input.`, {}, 'fake'));
    const handler = answers[name] as ((input: unknown) => unknown) | undefined;
    if (handler === undefined) {
      return refused(new Refusal('UNEXPECTED', `The fake has no answer for ${name}.`, {}, 'fake'));
    }
    try {
      return { ok: true, data: operation.output.parse(await handler(parsed.data)) };
    } catch (fault) {
      if (fault instanceof Refusal) return refused(fault);
      throw fault;
    }
  };

  const areas: Record<string, unknown> = {};
  for (const name of operationNames) {
    const [area, verb] = name.split(':') as [string, string];
    areas[area] = { ...(areas[area] as object), [verb]: (input: unknown) => answer(name, input) };
  }
  areas.on = (name: EventName, listener: Listener) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  };
  return {
    api: areas as unknown as Api,
    emit: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) (listener as (payload: unknown) => void)(payload);
    },
    calls,
  };
};
