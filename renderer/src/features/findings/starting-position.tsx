import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmWithReason } from '../../components/index.ts';
import { useCommand } from '../../lib/api.ts';
import { formatCount } from '../../lib/format.ts';

/** The owner's step where the starting position was taken from the wrong file, or from one that could not all be read. */
export const StartingPosition = () => {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const take = useCommand('imports:takeStartingPosition', {
    onDone: ({ accepted, settled, unknown }) => {
      setAsking(false);
      void client.invalidateQueries({ queryKey: ['findings'] });
      notifications.show({
        title: 'The starting position was taken anew',
        message: [
          `${formatCount(accepted, 'holding')} accepted, ${formatCount(settled, 'exception')} settled.`,
          ...(unknown === 0
            ? []
            : [
                `${formatCount(unknown, 'holding')} left out: nobody knows whose account, so it may be yours. Say whose accounts they are under User names, yours first, then take it anew.`,
              ]),
        ].join(' '),
        ...(unknown === 0 ? {} : { autoClose: false }),
      });
    },
  });
  return (
    <Group mb="sm" gap="sm">
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        Take the starting position anew…
      </Button>
      <Text size="sm" c="dimmed">
        Where it was taken from the wrong file, or from one that could not all be read.
      </Text>
      {asking && (
        <ConfirmWithReason
          opened
          title="Take the starting position anew"
          confirmLabel="Take it anew"
          busy={take.isPending}
          fault={take.error}
          onConfirm={(reason) => take.mutate({ reason })}
          onCancel={() => setAsking(false)}
        >
          All access that ESR shows now is accepted as it stands, in place of what was accepted before, and
          the exceptions it answers are settled. Your own access is left out. The ledger keeps your reason.
        </ConfirmWithReason>
      )}
    </Group>
  );
};
