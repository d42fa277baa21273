import { Button, Group, Kbd, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import type { SavedView } from '../../../../electron/contract/views.contract.ts';
import { useOperation } from '../../lib/api.ts';
import { formatNumber } from '../../lib/format.ts';
import { applyView, EMPTY_FILTER, isFiltered, type QueueState, withFilter } from './queue-state.ts';
import classes from './requests.module.css';
import { SavedViews } from './saved-views.tsx';

interface QueueFiltersProps {
  readonly state: QueueState;
  readonly change: (by: (state: QueueState) => QueueState) => void;
  readonly textBox: RefObject<HTMLInputElement | null>;
  /** Leaves the text box for the list. */
  readonly onLeave: () => void;
}

export const QueueFilters = ({ state, change, textBox, onLeave }: QueueFiltersProps) => {
  const catalogue = useOperation('register:catalogue', {});
  const names = catalogue.data?.entries.map((entry) => entry.name) ?? [];
  const { access, objected } = state.filter;
  const objections = useOperation('requests:countByStatus', {}).data?.objected ?? 0;
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    onLeave();
  };
  return (
    <Group gap="sm" align="flex-end" className={classes.filters}>
      <TextInput
        ref={textBox}
        className={classes.filterText}
        label="Filter"
        placeholder="Reference, name or number"
        maxLength={100}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={<Kbd size="xs">/</Kbd>}
        value={state.filter.text}
        onChange={(event) => {
          const text = event.currentTarget.value;
          change((s) => withFilter(s, { text }));
        }}
        onKeyDown={leave}
      />
      <NativeSelect
        className={classes.filterAccess}
        label="Access"
        value={access ?? ''}
        data={[
          { value: '', label: 'All access' },
          // A saved view may name access that the catalogue no longer has.
          ...(access !== null && !names.includes(access) ? [access] : []),
          ...names,
        ]}
        onChange={(event) => {
          const value = event.currentTarget.value;
          change((s) => withFilter(s, { access: value === '' ? null : value }));
        }}
      />
      {(objected || objections > 0) && (
        <Button
          variant={objected ? 'filled' : 'default'}
          aria-pressed={objected}
          title="Approved, and judged again no longer grantable"
          onClick={() => change((s) => withFilter(s, { objected: !objected }))}
        >
          Not grantable: {formatNumber(objections)}
        </Button>
      )}
      <SavedViews state={state} onApply={(view: SavedView) => change((s) => applyView(s, view))} />
      <Button
        variant="subtle"
        disabled={!isFiltered(state.filter)}
        onClick={() => change((s) => withFilter(s, EMPTY_FILTER))}
      >
        Clear filter
      </Button>
    </Group>
  );
};
