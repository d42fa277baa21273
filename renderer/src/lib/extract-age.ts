const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether an extract is older than the settings allow; one that was never taken is not old but missing. */
export const isOld = (takenAt: string | null, maxAgeDays: number | null, now: Date): boolean =>
  takenAt !== null &&
  maxAgeDays !== null &&
  now.getTime() - new Date(takenAt).getTime() > maxAgeDays * DAY_MS;
