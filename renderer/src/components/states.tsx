import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { correlationOf, wordsOf } from '../lib/api.ts';
import classes from './states.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** What would bring something here, in one sentence. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing to show, and why that may be. */
export const EmptyState = ({ title, children, action }: EmptyStateProps) => (
  <Stack align="center" gap="xs" className={classes.empty}>
    <IconInbox size={40} stroke={1.2} aria-hidden="true" />
    <Title order={2} size="h4" ta="center">
      {title}
    </Title>
    {children !== undefined && (
      <Text c="dimmed" ta="center" maw="36rem" component="div">
        {children}
      </Text>
    )}
    {action}
  </Stack>
);

interface ErrorStateProps {
  readonly fault: unknown;
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** A refusal or a fault, in plain words, with the number to quote and a way to try again. */
export const ErrorState = ({ fault, title = 'This could not be done', onRetry }: ErrorStateProps) => {
  const correlationId = correlationOf(fault);
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={title}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{wordsOf(fault)}</Text>
        <Group gap="md">
          {onRetry !== undefined && (
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {correlationId !== null && (
            <Text size="xs" c="dimmed">
              Reference {correlationId}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
};

interface LoadingRowsProps {
  readonly rows?: number;
  /** Height of one row in pixels: the same as the row that will stand there, so that nothing jumps. */
  readonly rowHeight?: number;
  readonly label?: string;
}

/** Grey rows in the place of the rows that are being read. */
export const LoadingRows = ({ rows = 5, rowHeight = 40, label = 'Loading' }: LoadingRowsProps) => (
  <div role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never reordered.
      <div key={index} className={classes.loadingRow} style={{ height: rowHeight }}>
        <Skeleton height={Math.min(14, rowHeight / 2)} width={`${90 - ((index * 17) % 45)}%`} />
      </div>
    ))}
  </div>
);
