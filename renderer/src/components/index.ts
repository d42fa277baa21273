export { CardAsking } from './card-asking.tsx';
export { ConfirmWithReason } from './confirm-with-reason.tsx';
export { CopyValue } from './copy-value.tsx';
export { PageHeader } from './page-header.tsx';
export { SourceAge } from './source-age.tsx';
export { EmptyState, ErrorState, LoadingRows } from './states.tsx';
export { Mark, StatusMark, statusWord } from './status-mark.tsx';
export { type CardAsked, useCardAsking } from './use-card-asking.ts';
export { type Column, type Sort, VirtualTable, type VirtualTableProps } from './virtual-table.tsx';
