import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { JobProgress } from '../../../electron/contract/jobs.contract.ts';
import { invoke, onEvent } from '../lib/api.ts';

const JobContext = createContext<JobProgress | null>(null);

/** Held apart from the query cache, which is dropped when the person goes while a job may go on. */
export const JobProvider = ({ children }: { readonly children: ReactNode }) => {
  const [job, setJob] = useState<JobProgress | null>(null);
  useEffect(() => {
    const stop = onEvent('jobs:progress', setJob);
    invoke('jobs:current', {}).then(
      (answer) => setJob((now) => now ?? answer.job),
      // Progress that cannot be read is no reason to stop anybody; the next event brings it.
      () => undefined,
    );
    return stop;
  }, []);
  return <JobContext value={job}>{children}</JobContext>;
};

/** The long job that runs now, or the one that ended last; null when there was none. */
export const useJob = (): JobProgress | null => useContext(JobContext);

export const jobRuns = (job: JobProgress | null): boolean =>
  job !== null && (job.state === 'running' || job.state === 'cancelling');
