/** One at a time: commands, and the moment when a job writes. Reads never wait for it. */
export interface WriteGate {
  readonly hold: <T>(work: () => Promise<T>) => Promise<T>;
  /** For a holder in another thread: resolves when the gate is its own, until `release`. */
  readonly acquire: () => Promise<{ readonly release: () => void }>;
}

export function createWriteGate(): WriteGate {
  let last: Promise<void> = Promise.resolve();
  const acquire = async () => {
    let release = (): void => undefined;
    const mine = new Promise<void>((done) => {
      release = done;
    });
    const before = last;
    last = before.then(() => mine);
    await before;
    return { release };
  };
  return {
    acquire,
    hold: async (work) => {
      const { release } = await acquire();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
