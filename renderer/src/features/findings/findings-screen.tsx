import { Anchor, Button, SegmentedControl, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { FindingRow } from '../../../../electron/contract/findings.contract.ts';
import { type Column, EmptyState, Mark, PageHeader, VirtualTable } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { invoke, useOperation } from '../../lib/api.ts';
import { FINDING_KINDS, FINDING_WORDS } from '../../lib/finding-words.ts';
import { formatCount, formatInstant } from '../../lib/format.ts';
import { FindingDrawer } from './finding-drawer.tsx';
import classes from './findings.module.css';
import { StartingPosition } from './starting-position.tsx';
import { useKeptFinding } from './use-kept-finding.ts';

const SHARED: readonly Column<FindingRow>[] = [
  {
    key: 'kind',
    header: 'Exception',
    width: 'minmax(14.2rem, 1fr)',
    cell: (row) => <KindMark kind={row.kind} />,
  },
  { key: 'person', header: 'Person', width: 'minmax(9.5rem, 1fr)', cell: (row) => row.person },
  { key: 'number', header: 'Number', width: 'minmax(7rem, 0.7fr)', cell: (row) => row.employeeNumber },
  { key: 'urp', header: 'Access', width: 'minmax(11rem, 1.2fr)', cell: (row) => row.urp },
  {
    key: 'raised',
    header: 'Raised',
    width: 'minmax(10.2rem, 0.8fr)',
    cell: (row) => formatInstant(row.raisedAt),
  },
];

const OPEN_COLUMNS: readonly Column<FindingRow>[] = [
  ...SHARED,
  { key: 'next', header: 'Next', width: 'minmax(16rem, 2fr)', cell: (row) => row.nextAction },
];

const SETTLED_COLUMNS: readonly Column<FindingRow>[] = [
  ...SHARED.filter((column) => column.key !== 'number' && column.key !== 'raised'),
  {
    key: 'settled',
    header: 'Settled',
    width: 'minmax(10.5rem, 1fr)',
    cell: (row) => (row.settledAt === null ? '' : formatInstant(row.settledAt)),
  },
  { key: 'done', header: 'What was done', width: 'minmax(14rem, 2fr)', cell: (row) => row.settlement ?? '' },
];

export const KindMark = ({ kind }: { readonly kind: FindingRow['kind'] }) => (
  <Mark word={FINDING_WORDS[kind].label} shape={FINDING_WORDS[kind].shape} tone={FINDING_WORDS[kind].tone} />
);

/** Where what we did and what ESR shows differ: to be worked, settled with words, and compared again next time. */
export const FindingsScreen = () => {
  const [open, setOpen] = useState(true);
  const [chosen, setChosen] = useState<FindingRow | null>(null);
  const kept = useKeptFinding();
  useEffect(() => {
    if (kept === null) return;
    setOpen(kept.settledAt === null);
    setChosen((now) => now ?? kept);
  }, [kept]);
  const counts = useOperation('findings:list', { open: true, offset: 0, limit: 1 });
  const client = useQueryClient();
  const { may } = useSignedIn();
  return (
    <>
      <PageHeader
        title="Exceptions"
        description="Where ESR’s extract and what was approved and keyed here do not agree"
      />
      {may('requests:decideException') && (
        <Text size="sm" mb="sm">
          Exceptions to the procedure that you are asked for wait in{' '}
          <Anchor component={Link} inherit href="/requests?status=with-guardian">
            the queue, with the Guardian
          </Anchor>
          .
        </Text>
      )}
      <dl className={classes.counts}>
        {FINDING_KINDS.map((kind) => (
          <div key={kind} className={classes.count}>
            <dt>
              <KindMark kind={kind} />
            </dt>
            <dd>
              {counts.data === undefined
                ? ' '
                : `${formatCount(counts.data.openByKind[kind] ?? 0, 'exception')} open`}
              <span className={classes.says}>{FINDING_WORDS[kind].says}</span>
            </dd>
          </div>
        ))}
      </dl>
      {may('imports:takeStartingPosition') && <StartingPosition />}
      <SegmentedControl
        mb="sm"
        aria-label="Open or settled"
        value={open ? 'open' : 'settled'}
        onChange={(value) => setOpen(value === 'open')}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'settled', label: 'Settled' },
        ]}
      />
      <VirtualTable<FindingRow>
        key={String(open)}
        label={open ? 'Open exceptions' : 'Settled exceptions'}
        noun={open ? ['open exception', 'open exceptions'] : ['settled exception', 'settled exceptions']}
        columns={open ? OPEN_COLUMNS : SETTLED_COLUMNS}
        queryKey={['findings', 'findings:list', open]}
        fetchSlice={(slice) => invoke('findings:list', { open, ...slice })}
        rowId={(row) => row.id}
        onOpen={setChosen}
        height="max(14rem, calc(100dvh - 24rem))"
        autoFocus
        empty={<NoFindings open={open} onSettled={() => setOpen(false)} />}
      />
      {chosen !== null && (
        <FindingDrawer
          finding={chosen}
          askAtOnce={chosen === kept}
          onClose={() => setChosen(null)}
          onChanged={() => {
            setChosen(null);
            void client.invalidateQueries({ queryKey: ['findings'] });
          }}
        />
      )}
    </>
  );
};

const NoFindings = ({ open, onSettled }: { readonly open: boolean; readonly onSettled: () => void }) =>
  open ? (
    <EmptyState
      title="No open exceptions"
      action={
        <Button variant="default" onClick={onSettled}>
          Show the settled ones
        </Button>
      }
    >
      Each holdings import compares ESR with what was approved here, and raises what does not agree.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing has been settled yet">
      A settled exception stays here with what was done.
    </EmptyState>
  );
