import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { ErrorState } from '../../components/states.tsx';
import { Mark } from '../../components/status-mark.tsx';
import { useSession } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { CreateStoreFlow } from './create-store-flow.tsx';
import { EntranceFrame } from './entrance-frame.tsx';
import { NewStoreCards } from './new-store-cards.tsx';

const KIND = { trust: 'The trust’s store', training: 'The training store' } as const;

export const ChooseStoreScreen = ({ state }: { readonly state: SessionState }) => {
  const { apply } = useSession();
  const [creating, setCreating] = useState(false);
  const select = useCommand('session:selectStore', { onDone: apply });
  if (creating) return <CreateStoreFlow onCancel={() => setCreating(false)} />;
  return (
    <EntranceFrame title="Choose a store" wide>
      <Stack gap="lg">
        {state.stores.map((store) => (
          <Card withBorder key={store.name} component="section" aria-label={store.trustName}>
            <Group justify="space-between">
              <div>
                <Title order={2} size="h4">
                  {store.trustName}
                </Title>
                <Group gap="md">
                  <Text size="sm" c="dimmed">
                    {KIND[store.name]}
                  </Text>
                  <Mark
                    word={store.environment === 'LIVE' ? 'LIVE' : 'TPLY, training copy'}
                    shape={store.environment === 'LIVE' ? 'disc' : 'triangle'}
                    tone={store.environment === 'LIVE' ? 'info' : 'warn'}
                  />
                </Group>
              </div>
              <Button
                aria-label={`Open ${store.trustName}`}
                loading={select.isPending && select.variables.store === store.name}
                onClick={() => select.mutate({ store: store.name })}
              >
                Open
              </Button>
            </Group>
          </Card>
        ))}
        {select.error !== null && <ErrorState fault={select.error} title="The store could not be chosen" />}
        <NewStoreCards stores={state.stores} onCreate={() => setCreating(true)} />
      </Stack>
    </EntranceFrame>
  );
};
