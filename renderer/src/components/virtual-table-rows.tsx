// biome-ignore-all lint/a11y/useSemanticElements: a table element would have to hold all 50,000 rows; the grid role carries the counts.
// biome-ignore-all lint/a11y/useFocusableInteractive: the keyboard stays on the grid, which names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys.
import { memo, type ReactNode } from 'react';
import classes from './virtual-table.module.css';
import type { Column, Sort } from './virtual-table.tsx';

interface TableHeadProps<Row, SortKey extends string> {
  readonly columns: readonly Column<Row, SortKey>[];
  readonly template: string;
  readonly height: number;
  readonly sort: Sort<SortKey> | undefined;
  readonly onSort: ((by: SortKey) => void) | undefined;
}

const ariaSort = (direction: 'asc' | 'desc' | null): 'ascending' | 'descending' | 'none' => {
  if (direction === null) return 'none';
  return direction === 'asc' ? 'ascending' : 'descending';
};

export const TableHead = <Row, SortKey extends string>(props: TableHeadProps<Row, SortKey>) => (
  <div role="rowgroup" className={classes.head}>
    <div
      role="row"
      aria-rowindex={1}
      className={classes.headRow}
      style={{ gridTemplateColumns: props.template, height: props.height }}
    >
      {props.columns.map((column) => (
        <HeadCell key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
      ))}
    </div>
  </div>
);

interface HeadCellProps<Row, SortKey extends string> {
  readonly column: Column<Row, SortKey>;
  readonly sort: Sort<SortKey> | undefined;
  readonly onSort: ((by: SortKey) => void) | undefined;
}

const HeadCell = <Row, SortKey extends string>({ column, sort, onSort }: HeadCellProps<Row, SortKey>) => {
  const { sortKey } = column;
  const direction = sort !== undefined && sort.by === sortKey ? sort.direction : null;
  const sortable = sortKey !== undefined && onSort !== undefined;
  return (
    <div
      role="columnheader"
      className={classes.headCell}
      data-align={column.align ?? 'start'}
      {...(sortable ? { 'aria-sort': ariaSort(direction) } : {})}
    >
      {sortable ? (
        <button type="button" className={classes.sort} onClick={() => onSort(sortKey)}>
          {column.header}
          <span aria-hidden="true" className={classes.arrow}>
            {direction === null ? '↕' : direction === 'asc' ? '▲' : '▼'}
          </span>
        </button>
      ) : (
        column.header
      )}
    </div>
  );
};

interface TableRowProps<Row, SortKey extends string> {
  readonly id: string;
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly Column<Row, SortKey>[];
  readonly template: string;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  readonly openable: boolean;
  readonly onPick: (index: number) => void;
}

const placeholder: ReactNode = <span className={classes.placeholder} />;

const PlainRow = <Row, SortKey extends string>(props: TableRowProps<Row, SortKey>) => {
  const { row } = props;
  return (
    <div
      role="row"
      id={props.id}
      // The header is row 1 of the grid.
      aria-rowindex={props.index + 2}
      aria-selected={props.active}
      className={classes.row}
      data-openable={props.openable}
      style={{
        gridTemplateColumns: props.template,
        height: props.height,
        transform: `translateY(${props.top}px)`,
      }}
      onClick={() => props.onPick(props.index)}
    >
      {props.columns.map((column) => (
        <div key={column.key} role="gridcell" className={classes.cell} data-align={column.align ?? 'start'}>
          {row === undefined ? placeholder : column.cell(row)}
        </div>
      ))}
    </div>
  );
};

/** Drawn again only when something of the row itself changes. `memo` forgets that it is generic, hence the word. */
export const TableRow = memo(PlainRow) as typeof PlainRow;
