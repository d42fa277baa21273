import { Button, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { QueueRow, QueueSort } from '../../../../electron/contract/requests.contract.ts';
import { type Column, EmptyState, PageHeader, StatusMark, VirtualTable } from '../../components/index.ts';
import { formatInstant } from '../../lib/format.ts';
import { useKeys } from '../../lib/use-keys.ts';
import { QueueFilters } from './queue-filters.tsx';
import { queueQuery } from './queue-query.ts';
import { QUEUE_RESERVED_REM, QUEUE_ROW, QUEUE_SHORTEST_REM } from './queue-scroll.ts';
import {
  EMPTY_FILTER,
  filterFromSearch,
  isFiltered,
  sortBy,
  toggleStatus,
  withFilter,
} from './queue-state.ts';
import { QUEUE_KEYS, ShortcutsHelp } from './shortcuts-help.tsx';
import { StatusBars } from './status-bars.tsx';
import { useQueueScroll, useQueueState } from './use-queue-state.ts';

const COLUMNS: readonly Column<QueueRow, QueueSort['by']>[] = [
  {
    key: 'reference',
    header: 'Reference',
    width: 'minmax(7.9rem, 0.6fr)',
    sortKey: 'reference',
    cell: (r) => r.reference,
  },
  {
    key: 'status',
    header: 'Status',
    width: 'minmax(8rem, 0.7fr)',
    sortKey: 'status',
    cell: (r) => <QueueStatus row={r} />,
  },
  {
    key: 'person',
    header: 'Person',
    width: 'minmax(9rem, 1.4fr)',
    sortKey: 'person',
    cell: (r) => r.person,
  },
  { key: 'number', header: 'Number', width: 'minmax(6.2rem, 0.5fr)', cell: (r) => r.beneficiaryNumber },
  {
    key: 'access',
    header: 'Access',
    width: 'minmax(11.4rem, 2fr)',
    sortKey: 'access',
    cell: (r) => r.access,
  },
  {
    key: 'submittedAt',
    header: 'Submitted',
    width: 'minmax(10.2rem, 0.8fr)',
    sortKey: 'submittedAt',
    cell: (r) => formatInstant(r.submittedAt),
  },
  {
    key: 'changedAt',
    header: 'Last change',
    width: 'minmax(10.2rem, 0.8fr)',
    sortKey: 'changedAt',
    cell: (r) => formatInstant(r.changedAt),
  },
];

/** What of an approval no longer holds is said with its status, to whoever reads the row or points at it. */
const QueueStatus = ({ row: { status, objection } }: { readonly row: QueueRow }) =>
  objection === null ? (
    <StatusMark status={status} />
  ) : (
    <span title={`No longer holds: ${objection}`}>
      <StatusMark status={status} objected />
      <VisuallyHidden>. No longer holds: {objection}</VisuallyHidden>
    </span>
  );

/** The queue: every OneForm, filtered, sorted and worked by keyboard. */
export const RequestsScreen = () => {
  const [, navigate] = useLocation();
  const [state, change] = useQueueState();
  const scroll = useQueueScroll(state.selected);
  const textBox = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [help, setHelp] = useState(false);
  useFilterFromAddress(change);
  const focusList = () => list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  useKeys({
    '/': () => {
      textBox.current?.focus();
      textBox.current?.select();
    },
    '?': () => setHelp(true),
  });
  const { filter, sort } = state;
  return (
    <>
      <PageHeader
        title="Requests"
        description="OneForms from the Service Desk, from asked to verified in ESR"
      />
      <StatusBars chosen={filter.statuses} onToggle={(status) => change((s) => toggleStatus(s, status))} />
      <QueueFilters state={state} change={change} textBox={textBox} onLeave={focusList} />
      <div ref={list}>
        <VirtualTable<QueueRow, QueueSort['by']>
          label="Requests"
          noun={['request', 'requests']}
          columns={COLUMNS}
          {...queueQuery({ filter, sort })}
          rowId={(row) => row.id}
          sort={sort}
          onSort={(by) => change((s) => sortBy(s, by))}
          activeIndex={state.selected}
          onActive={(selected, row) => change((s) => ({ ...s, selected, selectedId: row?.id ?? null }))}
          onOpen={(row, selected) => {
            change((s) => ({ ...s, selected, selectedId: row.id }));
            navigate(`/requests/${row.id}`);
          }}
          initialScrollTop={scroll.initial}
          onScrollTop={scroll.remember}
          rowHeight={QUEUE_ROW}
          height={`max(${QUEUE_SHORTEST_REM}rem, calc(100dvh - ${QUEUE_RESERVED_REM}rem))`}
          autoFocus
          empty={
            isFiltered(filter) ? (
              <EmptyState
                title="No request fits this filter"
                action={
                  <Button variant="default" onClick={() => change((s) => withFilter(s, EMPTY_FILTER))}>
                    Show all requests
                  </Button>
                }
              >
                Take part of the filter away to see more.
              </EmptyState>
            ) : (
              <EmptyState
                title="No requests yet"
                action={
                  <Button variant="default" onClick={() => navigate('/imports')}>
                    Go to imports
                  </Button>
                }
              >
                Import the Service Desk’s OneForm file and its requests appear here.
              </EmptyState>
            )
          }
        />
      </div>
      <ShortcutsHelp opened={help} keys={QUEUE_KEYS} onClose={() => setHelp(false)} />
    </>
  );
};

/** Home and the palette lead here with `?status=…` or `?objected=1`; the address is then tidied, so that coming back keeps the filter. */
const useFilterFromAddress = (change: ReturnType<typeof useQueueState>[1]): void => {
  const search = useSearch();
  const [, navigate] = useLocation();
  useEffect(() => {
    const asked = filterFromSearch(search);
    if (asked === null) return;
    change((s) => withFilter(s, { ...EMPTY_FILTER, ...asked }));
    navigate('/requests', { replace: true });
  }, [search, change, navigate]);
};
