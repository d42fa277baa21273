import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPrinter, IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { ErrorState, LoadingRows, PageHeader } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { useOperation } from '../../lib/api.ts';
import { formatInstant } from '../../lib/format.ts';
import { CardsPart } from './cards-part.tsx';
import { ChecksPart } from './checks-part.tsx';
import { DevicePart } from './device-part.tsx';
import classes from './security.module.css';

/** What keeps the store safe, as it is now; printed, it is the security review. */
export const SecurityScreen = () => {
  const { may } = useSignedIn();
  const { data, error, isFetching, refetch, dataUpdatedAt } = useOperation('security:getState', {});
  // Backups grow old and lists go missing without anybody having done anything here.
  useEffect(() => void refetch(), [refetch]);
  const checkedAt = data === undefined ? '' : formatInstant(new Date(dataUpdatedAt).toISOString());
  return (
    <div className={classes.page}>
      <PageHeader
        title="Security"
        description={
          may('security:changeCardSettings')
            ? `What keeps this store safe.${checkedAt === '' ? '' : ` Checked ${checkedAt}.`}`
            : `You can read this; the system owner changes it.${checkedAt === '' ? '' : ` Checked ${checkedAt}.`}`
        }
        action={
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden="true" />}
              onClick={() => window.print()}
            >
              Print
            </Button>
            <Button
              leftSection={<IconRefresh size={16} aria-hidden="true" />}
              loading={isFetching}
              onClick={() => void refetch()}
            >
              Check again
            </Button>
          </Group>
        }
      />
      <PrintHead />
      <Stack gap="md" maw="56rem">
        {error !== null && (
          <ErrorState
            fault={error}
            title="The state of security could not be read"
            onRetry={() => void refetch()}
          />
        )}
        {data === undefined && error === null && <LoadingRows rows={10} rowHeight={56} />}
        {data !== undefined && (
          <>
            <ChecksPart checks={data.checks} />
            <DevicePart device={data.device} />
          </>
        )}
        <CardsPart />
      </Stack>
    </div>
  );
};

const PrintHead = () => {
  const { trust, user } = useSignedIn();
  return (
    <Text className={classes.onlyPrint} size="sm">
      Security review of {trust.name}, {trust.environment}. Printed by {user.displayName}.
    </Text>
  );
};
