import { Anchor, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { FindingRow } from '../../../../electron/contract/findings.contract.ts';
import { Facts } from '../../components/facts.tsx';
import { ConfirmWithReason } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { daysInWords, FINDING_WORDS } from '../../lib/finding-words.ts';
import { formatInstant } from '../../lib/format.ts';
import classes from './findings.module.css';
import { draftKey } from './kept-finding.ts';

interface AskingProps {
  readonly finding: FindingRow;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

interface FindingDrawerProps extends AskingProps {
  /** Opens with the question that was open when the session was locked. */
  readonly askAtOnce: boolean;
}

/** One exception: what does not agree, what to do, and what was done. */
export const FindingDrawer = ({ finding, askAtOnce, onClose, onChanged }: FindingDrawerProps) => {
  const { may } = useSignedIn();
  const [asking, setAsking] = useState(askAtOnce);
  const settled = finding.settledAt !== null;
  return (
    <>
      <Drawer
        opened
        onClose={onClose}
        position="right"
        size="lg"
        title={FINDING_WORDS[finding.kind].label}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack gap="md">
          <Text>{finding.sentence}</Text>
          <div className={classes.next}>
            <Text size="sm" fw={600}>
              Next
            </Text>
            <Text size="sm">{finding.nextAction}</Text>
          </div>
          <Facts facts={factsOf(finding)} />
          {settled && (
            <div>
              <Text size="sm" c="dimmed">
                Settled by {finding.settledBy} on {formatInstant(finding.settledAt ?? '')}
              </Text>
              <Text size="sm" className={classes.written}>
                {finding.settlement}
              </Text>
            </div>
          )}
          {may('findings:settle') && (
            <Group>
              <Button variant={settled ? 'default' : 'filled'} onClick={() => setAsking(true)}>
                {settled ? 'Reopen…' : 'Settle…'}
              </Button>
            </Group>
          )}
        </Stack>
      </Drawer>
      {asking &&
        (settled ? (
          <Reopen finding={finding} onClose={() => setAsking(false)} onChanged={onChanged} />
        ) : (
          <Settle finding={finding} onClose={() => setAsking(false)} onChanged={onChanged} />
        ))}
    </>
  );
};

const factsOf = (finding: FindingRow): readonly (readonly [string, React.ReactNode])[] => [
  [
    'Person',
    <Anchor key="person" inherit component={Link} href={`/people/${finding.employeeNumber}`}>
      {finding.person}, {finding.employeeNumber}
    </Anchor>,
  ],
  ['Access', finding.urp],
  ['ESR username', finding.username],
  ['ESR shows', finding.shown === null ? null : daysInWords(finding.shown)],
  ['Keyed or approved here', finding.approved === null ? null : daysInWords(finding.approved)],
  ['Raised', formatInstant(finding.raisedAt)],
  ['Extract taken', formatInstant(finding.extractTakenAt)],
  [
    'Request',
    finding.requestId === null ? (
      'None here'
    ) : (
      <Anchor key="request" inherit component={Link} href={`/requests/${finding.requestId}`}>
        Open the request
      </Anchor>
    ),
  ],
];

const Settle = ({ finding, onClose, onChanged }: AskingProps) => {
  const settle = useCommand('findings:settle', { onDone: onChanged });
  return (
    <ConfirmWithReason
      opened
      title="Settle the exception"
      reasonLabel="What was done"
      confirmLabel="Settle"
      busy={settle.isPending}
      fault={settle.error}
      draftKey={draftKey(finding.id, 'settle')}
      onConfirm={(settlement) => settle.mutate({ id: finding.id, settlement })}
      onCancel={onClose}
    >
      This changes nothing in ESR. It stays settled while the extracts show the same, and is raised anew once
      something about it changes.
    </ConfirmWithReason>
  );
};

const Reopen = ({ finding, onClose, onChanged }: AskingProps) => {
  const reopen = useCommand('findings:reopen', { onDone: onChanged });
  return (
    <ConfirmWithReason
      opened
      title="Reopen the exception"
      confirmLabel="Reopen"
      busy={reopen.isPending}
      fault={reopen.error}
      draftKey={draftKey(finding.id, 'reopen')}
      onConfirm={(reason) => reopen.mutate({ id: finding.id, reason })}
      onCancel={onClose}
    >
      It goes back to the open ones. What was said when it was settled stays in the ledger.
    </ConfirmWithReason>
  );
};
