import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useSignedIn } from '../ground/session.tsx';
import { requestsFile } from './routes.tsx';

/** Long enough after the shell is shown that the first screen has had the computer to itself. */
const IDLE_WITHIN_MS = 2_000;

/**
 * Reads the queue ahead, its file and its first rows, once the page has nothing else to do, and again when the answered function is
 * called: somebody points at the way there. It is what most people open first and most often.
 */
export const useReadAhead = (): (() => void) => {
  const client = useQueryClient();
  const { may } = useSignedIn();
  const allowed = may('requests:list');
  const readAhead = useCallback(() => {
    if (allowed) void requestsFile.load().then(({ readQueueAhead }) => readQueueAhead(client));
  }, [allowed, client]);
  useEffect(() => {
    const waiting = requestIdleCallback(readAhead, { timeout: IDLE_WITHIN_MS });
    return () => cancelIdleCallback(waiting);
  }, [readAhead]);
  return readAhead;
};
