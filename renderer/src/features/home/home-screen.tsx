import { SimpleGrid, Text } from '@mantine/core';
import { PageHeader } from '../../components/page-header.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useOperation } from '../../lib/api.ts';
import { greetingFor } from './greeting.ts';
import { Panel } from './panel.tsx';
import { RecentEvents } from './recent-events.tsx';
import { Sources } from './sources.tsx';
import { Waiting } from './waiting.tsx';

/** What waits, what is wrong, how old the facts are, what happened last. */
export const HomeScreen = () => {
  const home = useOperation('home:get', {});
  const greeting = greetingFor(new Date());
  return (
    <>
      <PageHeader
        title={home.data === undefined ? greeting : `${greeting}, ${home.data.greetingName}`}
        windowTitle="Home"
        description={<Oldest days={home.data?.oldestWaitingDays ?? null} known={home.data !== undefined} />}
      />
      {home.error !== null ? (
        <ErrorState
          fault={home.error}
          title="The overview could not be read"
          onRetry={() => void home.refetch()}
        />
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Panel title="Waiting">
            <Waiting waiting={home.data?.waiting} openFindings={home.data?.openFindings} />
          </Panel>
          <Panel title="How old the facts are">
            <Sources />
          </Panel>
          <Panel title="What happened last" wide>
            <RecentEvents recent={home.data?.recent} />
          </Panel>
        </SimpleGrid>
      )}
    </>
  );
};

const Oldest = ({ days, known }: { readonly days: number | null; readonly known: boolean }) => {
  if (!known) return <Text size="sm">&nbsp;</Text>;
  if (days === null) return <Text size="sm">Nothing is waiting.</Text>;
  if (days === 0) return <Text size="sm">The request that has waited longest came today.</Text>;
  return (
    <Text size="sm">
      The request that has waited longest has waited {days} {days === 1 ? 'day' : 'days'}.
    </Text>
  );
};
