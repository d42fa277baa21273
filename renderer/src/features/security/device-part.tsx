import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import type { DeviceKind } from '../../../../electron/contract/common.ts';
import { ConfirmWithReason, Mark, Part } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { useKeptDrafts } from '../../lib/use-draft.ts';

const KIND_WORDS = {
  trust: {
    name: 'A trust PC',
    means: 'Whoever has signed in by card signs in by card from then on; their password is not taken here.',
    mark: 'Mark as a remote device…',
    other: 'a remote device',
  },
  remote: {
    name: 'A remote device',
    means: 'Passwords are taken here, also of those who have signed in by card elsewhere.',
    mark: 'Mark as a trust PC…',
    other: 'a trust PC',
  },
} as const satisfies Record<DeviceKind, unknown>;

const OTHER: Readonly<Record<DeviceKind, DeviceKind>> = { trust: 'remote', remote: 'trust' };

/** What this PC is decides whether a password is enough on it. */
export const DevicePart = ({ device }: { readonly device: DeviceKind }) => {
  const { may } = useSignedIn();
  const [asking, setAsking] = useState(false);
  const mark = useCommand('security:markDevice', {
    onDone: (_, { kind }) => {
      notifications.show({
        title: 'This PC is marked',
        message: `It is ${KIND_WORDS[kind].name.toLowerCase()} now.`,
      });
      setAsking(false);
    },
  });
  const words = KIND_WORDS[device];
  const next = OTHER[device];
  const kept = useKeptDrafts('security/mark-');
  // What was being asked when the session was locked is asked again, with what was typed.
  useEffect(() => {
    if (kept.includes(next)) setAsking(true);
  }, [kept, next]);
  return (
    <Part title="This PC">
      <Stack gap="sm">
        <Group gap="sm">
          <Text size="sm" fw={600}>
            <Mark word={words.name} shape={device === 'trust' ? 'disc' : 'half'} tone="info" />
          </Text>
        </Group>
        <Text size="sm">{words.means}</Text>
        {may('security:markDevice') && (
          <Group className="no-print">
            <Button variant="default" onClick={() => setAsking(true)}>
              {words.mark}
            </Button>
          </Group>
        )}
      </Stack>
      <ConfirmWithReason
        opened={asking}
        title={`Mark this PC as ${words.other}`}
        draftKey={`security/mark-${next}`}
        confirmLabel={`Mark as ${words.other}`}
        busy={mark.isPending}
        fault={mark.error}
        onCancel={() => {
          mark.reset();
          setAsking(false);
        }}
        onConfirm={(reason) => mark.mutate({ kind: next, reason })}
      >
        {KIND_WORDS[next].means}
      </ConfirmWithReason>
    </Part>
  );
};
