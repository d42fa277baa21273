import { Button, Progress } from '@mantine/core';
import type { JobProgress } from '../../../electron/contract/jobs.contract.ts';
import { jobRuns, useJob } from '../ground/job.tsx';
import { useCommand } from '../lib/api.ts';
import { formatNumber, formatSecondsLeft } from '../lib/format.ts';
import classes from './job-bar.module.css';

const jobSentence = (job: JobProgress): string => {
  const parts = [job.phase];
  if (job.rows > 0) parts.push(`${formatNumber(job.rows)} rows`);
  if (job.secondsLeft !== null) parts.push(formatSecondsLeft(job.secondsLeft));
  return parts.join(' · ');
};

const ENDED: Readonly<Record<'done' | 'failed' | 'cancelled', string>> = {
  done: 'has finished',
  failed: 'has stopped with a fault',
  cancelled: 'was cancelled; nothing was changed',
};

/** Stands at the foot of the window while a long job runs, on every screen. */
export const JobBar = () => {
  const job = useJob();
  const cancel = useCommand('jobs:cancel');
  const running = jobRuns(job);
  return (
    <>
      <div role="status" className={classes.spoken}>
        {job !== null && job.state !== 'running' && job.state !== 'cancelling'
          ? `${job.title} ${ENDED[job.state]}`
          : ''}
      </div>
      {job !== null && running && (
        <section className={classes.bar} aria-label="Work in progress">
          <div className={classes.words}>
            <strong>{job.title}</strong>
            <span className={classes.phase}>
              {job.state === 'cancelling' ? 'Stopping at the next safe place' : jobSentence(job)}
            </span>
          </div>
          <Progress
            className={classes.progress}
            value={(job.fraction ?? 1) * 100}
            animated={job.fraction === null}
            striped={job.fraction === null}
            size="lg"
            aria-label={job.title}
          />
          <span className={classes.share}>
            {job.fraction === null ? '' : `${Math.floor(job.fraction * 100)} %`}
          </span>
          <Button
            size="xs"
            variant="default"
            disabled={job.state === 'cancelling'}
            onClick={() => cancel.mutate({ jobId: job.jobId })}
          >
            Cancel
          </Button>
        </section>
      )}
    </>
  );
};
