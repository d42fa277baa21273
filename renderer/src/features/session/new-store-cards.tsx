import { Button, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconBuildingHospital, IconSchool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { ErrorState } from '../../components/states.tsx';
import { useSession } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';

interface NewStoreCardsProps {
  readonly stores: SessionState['stores'];
  readonly onCreate: () => void;
}

interface StoreCardProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly action: ReactNode;
}

const StoreCard = ({ icon, title, children, action }: StoreCardProps) => (
  <Card withBorder padding="lg" component="section" aria-label={title}>
    <Stack gap="sm" h="100%">
      {icon}
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" style={{ flex: 1 }}>
        {children}
      </Text>
      {action}
    </Stack>
  </Card>
);

const ICON = { size: 36, stroke: 1.3, color: 'var(--ead-accent)', 'aria-hidden': true } as const;

/** The stores that are not on this PC yet. */
export const NewStoreCards = ({ stores, onCreate }: NewStoreCardsProps) => {
  const { apply } = useSession();
  const training = useCommand('session:openTraining', { onDone: apply });
  const has = (name: 'trust' | 'training') => stores.some((store) => store.name === name);
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {!has('trust') && (
          <StoreCard
            icon={<IconBuildingHospital {...ICON} />}
            title="Create the trust’s store"
            action={
              <Button onClick={onCreate} disabled={training.isPending}>
                Create the trust’s store
              </Button>
            }
          >
            For real work. You name the trust, make the system owner’s account and write down a recovery
            phrase. It takes about five minutes; have a pen or a printer at hand.
          </StoreCard>
        )}
        {!has('training') && (
          <StoreCard
            icon={<IconSchool {...ICON} />}
            title="Open the training store"
            action={
              <Button
                variant={has('trust') ? 'filled' : 'default'}
                loading={training.isPending}
                onClick={() => training.mutate({})}
              >
                Open the training store
              </Button>
            }
          >
            For learning and trying out. A sample trust with made-up people, always marked TPLY. It is made
            now by importing its files, and its accounts are shown on the sign-in screen.
          </StoreCard>
        )}
      </SimpleGrid>
      <div role="status">
        {training.isPending && (
          <Text size="sm">
            The training store is being made. The bar at the foot of the window says how far it is.
          </Text>
        )}
      </div>
      {training.error !== null && (
        <ErrorState
          fault={training.error}
          title="The training store could not be opened"
          onRetry={() => training.mutate({})}
        />
      )}
    </Stack>
  );
};
