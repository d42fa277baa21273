// biome-ignore-all lint/a11y/useSemanticElements: a table element would have to hold all 50,000 rows; the grid role carries the counts.
import type { QueryKey } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react';
import { formatCount } from '../lib/format.ts';
import { ErrorState, LoadingRows } from './states.tsx';
import { stepTo } from './step-to.ts';
import { type FetchSlice, useSlices } from './use-slices.ts';
import classes from './virtual-table.module.css';
import { TableHead, TableRow } from './virtual-table-rows.tsx';

export interface Column<Row, SortKey extends string = string> {
  readonly key: string;
  readonly header: string;
  /** A grid track: `8rem`, `minmax(12rem, 2fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers go to the right. */
  readonly align?: 'start' | 'end';
  /** Named when the list may be sorted by this column. */
  readonly sortKey?: SortKey;
}

export interface Sort<SortKey extends string = string> {
  readonly by: SortKey;
  readonly direction: 'asc' | 'desc';
}

export interface VirtualTableProps<Row, SortKey extends string = string> {
  /** The accessible name: "Requests". */
  readonly label: string;
  readonly columns: readonly Column<Row, SortKey>[];
  /** Begins with the area, and holds everything that changes the list: `['requests', 'queue', filter, sort]`. */
  readonly queryKey: QueryKey;
  readonly fetchSlice: FetchSlice<Row>;
  readonly rowId: (row: Row) => string;
  /** Shown in place of the rows when the list has none. */
  readonly empty: ReactNode;
  /** What is counted, for the line under the table: `['request', 'requests']`. */
  readonly noun: readonly [one: string, many: string];
  readonly sort?: Sort<SortKey>;
  readonly onSort?: (by: SortKey) => void;
  /** Enter or a click on a row. */
  readonly onOpen?: (row: Row, index: number) => void;
  /** The row the keyboard stands on, when the caller keeps it; -1 is none. */
  readonly activeIndex?: number;
  readonly onActive?: (index: number, row: Row | undefined) => void;
  readonly initialScrollTop?: number;
  readonly onScrollTop?: (scrollTop: number) => void;
  readonly rowHeight?: number;
  /** CSS height of the scrolling part; by default it fills what the window leaves. */
  readonly height?: string;
  /** Takes the keyboard when the table appears, so that j and k work at once. */
  readonly autoFocus?: boolean;
}

/** A search that finds very many counts them no further than it lists them. */
const countWords = (total: number, more: boolean, [one, many]: readonly [string, string]): string =>
  more
    ? `More than ${formatCount(total, one, many)} fit, and the first ${formatCount(total, one, many)} are listed. Type more to find fewer.`
    : formatCount(total, one, many);

const OVERSCAN = 4;
/** What stands in the window's head for a while (broken glass): no screen has reckoned with it. */
const STANDING = 'var(--ead-standing, 0rem)';

/** A long list as a grid: rows are fetched by slices as they come into view, and the whole of it works by keyboard. */
export const VirtualTable = <Row, SortKey extends string = string>(
  props: VirtualTableProps<Row, SortKey>,
) => {
  const { columns, rowHeight = 40, onActive, onOpen } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [ownActive, setOwnActive] = useState(-1);
  const active = props.activeIndex ?? ownActive;
  const [count, setCount] = useState(0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollPaddingStart: rowHeight,
    initialOffset: props.initialScrollTop ?? 0,
  });
  const items = virtual.getVirtualItems();
  const listKey = JSON.stringify(props.queryKey);
  const lastKey = useRef(listKey);
  // Another list begins at its top, whatever part of the last one is still in view.
  const sameList = lastKey.current === listKey;
  const first = sameList ? (items[0]?.index ?? 0) : 0;
  const last = sameList ? (items.at(-1)?.index ?? 0) : 0;
  const list = useSlices(props.queryKey, props.fetchSlice, first, last);
  // The virtualiser needs the count before it can say which slices to read, and the first slice says the count.
  if (list.total !== null && list.total !== count) setCount(list.total);

  useEffect(() => {
    if (lastKey.current === listKey) return;
    lastKey.current = listKey;
    scroller.current?.scrollTo({ top: 0 });
    setOwnActive(-1);
  }, [listKey]);

  // A list that is longer than nothing only now can be scrolled to where the reader left it only now.
  const returnTo = useRef(props.initialScrollTop ?? 0);
  useEffect(() => {
    if (count === 0 || returnTo.current === 0) return;
    scroller.current?.scrollTo({ top: returnTo.current });
    returnTo.current = 0;
  }, [count]);

  const autoFocus = props.autoFocus ?? false;
  useEffect(() => {
    if (autoFocus) scroller.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const moveTo = (index: number) => {
    setOwnActive(index);
    onActive?.(index, list.rowAt(index));
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = active >= 0 ? list.rowAt(active) : undefined;
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen?.(row, active);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
    const next = stepTo(event.key, active, count, page);
    if (next === null) return;
    event.preventDefault();
    moveTo(next);
  };

  const pick = (index: number) => {
    const row = list.rowAt(index);
    if (row === undefined) return;
    moveTo(index);
    onOpen?.(row, index);
  };
  const latestPick = useRef(pick);
  useEffect(() => {
    latestPick.current = pick;
  });
  // One function for all rows and renders, so that scrolling draws new rows alone.
  const onPick = useCallback((index: number) => latestPick.current(index), []);

  const template = columns.map((column) => column.width).join(' ');
  const rowDomId = (index: number) => `${gridId}-${index}`;
  const rendered = items.some((item) => item.index === active);
  return (
    <div className={classes.frame}>
      <div className={classes.well}>
        <div
          ref={scroller}
          role="grid"
          tabIndex={0}
          aria-label={props.label}
          aria-rowcount={list.total === null ? -1 : list.total + 1}
          aria-colcount={columns.length}
          aria-busy={list.total === null || list.stale}
          {...(rendered ? { 'aria-activedescendant': rowDomId(active) } : {})}
          className={classes.scroller}
          style={props.height === undefined ? undefined : { height: `calc(${props.height} - ${STANDING})` }}
          onKeyDown={onKeyDown}
          onScroll={(event) => props.onScrollTop?.(event.currentTarget.scrollTop)}
        >
          <div role="presentation" className={classes.inner}>
            <TableHead
              columns={columns}
              template={template}
              sort={props.sort}
              onSort={props.onSort}
              height={rowHeight}
            />
            <div
              role="rowgroup"
              className={classes.rows}
              data-stale={list.stale}
              style={{ height: virtual.getTotalSize() }}
            >
              {items.map((item) => (
                <TableRow
                  key={item.key}
                  id={rowDomId(item.index)}
                  index={item.index}
                  row={list.rowAt(item.index)}
                  columns={columns}
                  template={template}
                  top={item.start}
                  height={rowHeight}
                  active={item.index === active}
                  openable={onOpen !== undefined}
                  onPick={onPick}
                />
              ))}
            </div>
          </div>
        </div>
        <div className={classes.over} style={{ top: rowHeight + 1 }}>
          {list.total === null && list.fault === null && <LoadingRows rows={6} rowHeight={rowHeight} />}
          {list.total === 0 && !list.stale && props.empty}
        </div>
      </div>
      {list.fault !== null && (
        <ErrorState fault={list.fault} title="The list could not be read" onRetry={list.retry} />
      )}
      <div className={classes.count} role="status">
        {list.total === null ? ' ' : countWords(list.total, list.more, props.noun)}
      </div>
    </div>
  );
};
