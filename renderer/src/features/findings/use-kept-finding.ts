import { useEffect, useRef, useState } from 'react';
import type { FindingRow } from '../../../../electron/contract/findings.contract.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { invoke } from '../../lib/api.ts';
import { useKeptDrafts } from '../../lib/use-draft.ts';
import { findKept, PREFIX } from './kept-finding.ts';

/** The exception that something was being said of when the session was locked, once it is found. */
export const useKeptFinding = (): FindingRow | null => {
  const { may } = useSignedIn();
  const names = useKeptDrafts(PREFIX);
  const [finding, setFinding] = useState<FindingRow | null>(null);
  // Once: what was cancelled must not come back with the next reading.
  const looked = useRef(false);
  useEffect(() => {
    if (looked.current || names.length === 0 || !may('findings:settle')) return;
    looked.current = true;
    findKept(names, (input) => invoke('findings:list', input)).then(
      setFinding,
      // Without it the screen opens as it did before, and what was kept is there when the exception is opened.
      () => undefined,
    );
  }, [names, may]);
  return finding;
};
