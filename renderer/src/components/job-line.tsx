import { Button, Group, Progress, Text } from '@mantine/core';
import type { JobProgress } from '../../../electron/contract/jobs.contract.ts';
import { useJob } from '../ground/job.tsx';
import { useCommand } from '../lib/api.ts';
import { formatCount, formatSecondsLeft } from '../lib/format.ts';
import classes from './job-line.module.css';

interface JobLineProps {
  /** What the button stops: "Cancel the import". */
  readonly cancelLabel: string;
}

/** How far the long work of this screen has come, with a way to stop it. */
export const JobLine = ({ cancelLabel }: JobLineProps) => {
  const job = useJob();
  const cancel = useCommand('jobs:cancel');
  const running = job !== null && (job.state === 'running' || job.state === 'cancelling') ? job : null;
  const fraction = running?.fraction ?? null;
  return (
    <div className={classes.job}>
      <Text size="sm">{running === null ? 'Starting…' : progressWords(running)}</Text>
      <Progress
        value={(fraction ?? 1) * 100}
        striped={fraction === null}
        animated={fraction === null}
        aria-label="Progress"
      />
      <Group>
        <Button
          size="xs"
          variant="default"
          disabled={running === null || running.state === 'cancelling'}
          onClick={() => {
            if (running !== null) cancel.mutate({ jobId: running.jobId });
          }}
        >
          {cancelLabel}
        </Button>
      </Group>
    </div>
  );
};

const progressWords = (job: JobProgress): string =>
  job.state === 'cancelling'
    ? 'Stopping at the next safe place'
    : [
        job.phase,
        job.rows > 0 ? formatCount(job.rows, 'row') : '',
        job.secondsLeft === null ? '' : formatSecondsLeft(job.secondsLeft),
      ]
        .filter((part) => part !== '')
        .join(', ');
