import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Output } from '../../../../electron/contract/contract.ts';
import { Part } from '../../components/part.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Mark } from '../../components/status-mark.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { formatAge, formatCount, formatInstant } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';

export const BackupPart = ({ backup }: { readonly backup: Output<'settings:get'>['backup'] }) => {
  const { may } = useSignedIn();
  const now = useNow();
  const take = useCommand('settings:backUpNow', {
    onDone: ({ takenAt }) => {
      notifications.show({ title: 'Backup made', message: `Taken ${formatInstant(takenAt)}, and checked.` });
    },
  });
  return (
    <Part
      title="Backup"
      description="An encrypted copy on every sign-out and once a day; the last 14 are kept."
    >
      <Stack gap="sm" align="flex-start">
        {backup.lastAt === null ? (
          <Mark word="No backup yet" shape="triangle" tone="warn" />
        ) : (
          <Text size="sm">
            Last backup {formatInstant(backup.lastAt)} ({formatAge(backup.lastAt, now)}),{' '}
            {formatCount(backup.kept, 'copy', 'copies')} kept
          </Text>
        )}
        {backup.problem !== null && (
          <Group gap="xs">
            <Mark word="The last backup failed" shape="cross" tone="bad" />
            <Text size="sm">{backup.problem}</Text>
          </Group>
        )}
        {take.error !== null && <ErrorState fault={take.error} title="No backup was made" />}
        {may('settings:backUpNow') && (
          <Button variant="default" loading={take.isPending} onClick={() => take.mutate({})}>
            Back up now
          </Button>
        )}
      </Stack>
    </Part>
  );
};
