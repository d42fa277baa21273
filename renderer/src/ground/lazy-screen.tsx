import { type ComponentType, use } from 'react';

/** A file of screens that is read when it is first wanted, or ahead of that. */
export interface ScreenFile<M> {
  readonly load: () => Promise<M>;
  /** What is in it, once it is here. */
  readonly now: () => M | null;
}

export const screenFile = <M,>(read: () => Promise<M>): ScreenFile<M> => {
  let reading: Promise<M> | null = null;
  let here: M | null = null;
  return {
    load: () => {
      reading ??= read().then((file) => {
        here = file;
        return file;
      });
      return reading;
    },
    now: () => here,
  };
};

/**
 * As React's `lazy`, but a screen whose file is here is drawn at once. `lazy` would show the fallback for a moment even then, and React
 * keeps a fallback that it has shown for 300 ms.
 */
export const lazyScreen = <M, P extends object>(
  file: ScreenFile<M>,
  pick: (file: M) => ComponentType<P>,
): ComponentType<P> => {
  // biome-ignore lint/correctness/noComponentHookFactories: made once a screen, where the module is read, as `lazy` does.
  const LazyScreen = (props: P) => {
    const Screen = pick(file.now() ?? use(file.load()));
    return <Screen {...props} />;
  };
  return LazyScreen;
};
