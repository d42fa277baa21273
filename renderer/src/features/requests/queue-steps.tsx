import { ActionIcon, Anchor, Group, Text } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { Link } from 'wouter';
import { formatNumber } from '../../lib/format.ts';
import classes from './request.module.css';
import type { NeighbourSteps } from './use-neighbours.ts';

export const BackToQueue = () => (
  <Anchor component={Link} href="/requests" size="sm" className={classes.back}>
    <IconArrowLeft size={15} aria-hidden="true" /> Back to the queue
  </Anchor>
);

/** Previous and next in the queue, and where this request stands in it. */
export const QueueSteps = ({ neighbours }: { readonly neighbours: NeighbourSteps }) => (
  <Group gap={6} wrap="nowrap">
    {neighbours.place !== null && neighbours.total !== null && (
      <Text size="sm" c="dimmed" className={classes.place}>
        {formatNumber(neighbours.place)} of {formatNumber(neighbours.total)}
      </Text>
    )}
    <ActionIcon
      variant="default"
      size="lg"
      aria-label="Previous request"
      title="Previous request (k)"
      disabled={neighbours.previous === null}
      onClick={neighbours.goPrevious}
    >
      <IconChevronUp size={18} aria-hidden="true" />
    </ActionIcon>
    <ActionIcon
      variant="default"
      size="lg"
      aria-label="Next request"
      title="Next request (j)"
      disabled={neighbours.next === null}
      onClick={neighbours.goNext}
    >
      <IconChevronDown size={18} aria-hidden="true" />
    </ActionIcon>
  </Group>
);
