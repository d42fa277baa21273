import { Alert, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { formatCount, formatWait } from '../../lib/format.ts';
import type { CredentialFault } from './credential-fault.ts';
import classes from './fault-notice.module.css';

/** Seconds that are still to wait after this fault, counted down to 0. */
export const useWait = (fault: CredentialFault | null): number => {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = fault?.waitSeconds ?? 0;
    setLeft(seconds);
    if (seconds === 0) return undefined;
    const until = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [fault]);
  return left;
};

interface FaultNoticeProps {
  readonly fault: CredentialFault | null;
  readonly wait: number;
}

/** Why that did not work, and for how long. The countdown is outside the alert, which would read out every second. */
export const FaultNotice = ({ fault, wait }: FaultNoticeProps) => {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (fault !== null) notice.current?.scrollIntoView({ block: 'nearest' });
  }, [fault]);
  if (fault === null) return null;
  return (
    <div ref={notice} className={classes.notice}>
      <Alert role="alert" color="red" variant="light">
        {fault.sentence}
        {fault.triesLeft !== null &&
          fault.triesLeft > 0 &&
          ` ${formatCount(fault.triesLeft, 'try', 'tries')} left.`}
        {fault.reference !== null && ` Reference ${fault.reference}.`}
      </Alert>
      {fault.waitSeconds > 0 && (
        <Text size="sm" mt="xs" mih="1.5em">
          {wait > 0 ? `You can try again in ${formatWait(wait)}.` : ''}
        </Text>
      )}
    </div>
  );
};
