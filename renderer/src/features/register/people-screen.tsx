import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { useLocation } from 'wouter';
import type { Output } from '../../../../electron/contract/contract.ts';
import { AgedSource } from '../../components/aged-source.tsx';
import { type Column, EmptyState, Mark, PageHeader, VirtualTable } from '../../components/index.ts';
import { invoke, useOperation } from '../../lib/api.ts';
import { FIND_HINT, FOUND_NOBODY } from '../../lib/find-words.ts';
import { useHeld } from '../../lib/held.ts';
import { positionWords } from '../../lib/position-words.ts';
import { useKeys } from '../../lib/use-keys.ts';

type PersonRow = Output<'register:searchPeople'>['rows'][number];

const COLUMNS: readonly Column<PersonRow>[] = [
  { key: 'name', header: 'Name', width: 'minmax(12rem, 1.4fr)', cell: (row) => row.name },
  { key: 'number', header: 'Number', width: 'minmax(7rem, 0.7fr)', cell: (row) => row.employeeNumber },
  {
    key: 'position',
    header: 'Position',
    width: 'minmax(14rem, 1.8fr)',
    cell: (row) => positionWords(row.position) ?? '',
  },
  {
    key: 'organisation',
    header: 'Organisation',
    width: 'minmax(12rem, 1.4fr)',
    cell: (row) => row.organisation ?? '',
  },
  {
    key: 'current',
    header: 'Employed',
    width: 'minmax(7rem, 0.6fr)',
    cell: (row) =>
      row.current ? (
        <Mark word="now" shape="tick" tone="plain" />
      ) : (
        <Mark word="has left" shape="barred" tone="plain" />
      ),
  },
];

/** Everybody the register knows, as the last extract had them. */
export const PeopleScreen = () => {
  const [text, setText] = useHeld('people-search', '');
  const [, navigate] = useLocation();
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const head = useOperation('register:searchPeople', { text: '', offset: 0, limit: 1 });
  useKeys({
    '/': () => {
      box.current?.focus();
      box.current?.select();
    },
  });
  return (
    <>
      <PageHeader
        title="People"
        description={head.data === undefined ? ' ' : <AgedSource source={head.data.source} />}
      />
      <TextInput
        ref={box}
        mb="sm"
        maw="32rem"
        label="Search people"
        placeholder={FIND_HINT}
        maxLength={100}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={text}
        onChange={(event) => {
          const words = event.currentTarget.value;
          setText(() => words);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.preventDefault();
          list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
        }}
      />
      <div ref={list}>
        <VirtualTable<PersonRow>
          label="People"
          noun={['person', 'people']}
          columns={COLUMNS}
          queryKey={['register', 'register:searchPeople', text]}
          fetchSlice={(slice) => invoke('register:searchPeople', { text, ...slice })}
          rowId={(row) => row.personId}
          onOpen={(row) => navigate(`/people/${row.employeeNumber}`)}
          empty={
            text === '' ? (
              <EmptyState title="The register is empty">
                Import ESR’s Generic Outbound file and its people appear here.
              </EmptyState>
            ) : (
              <EmptyState title="Nobody fits this search">{FOUND_NOBODY}</EmptyState>
            )
          }
        />
      </div>
    </>
  );
};
