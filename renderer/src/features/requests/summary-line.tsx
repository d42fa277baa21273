import { Alert, Button, Group, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { StatusMark } from '../../components/index.ts';
import { commandOf } from './next-step.ts';
import classes from './request.module.css';

interface SummaryLineProps {
  readonly detail: RequestDetail;
  readonly onOpen: (dialog: 'setRevisionAside') => void;
}

/** Where the request stands, in one sentence, and what the last imports said of it. */
export const SummaryLine = ({ detail, onOpen }: SummaryLineProps) => (
  <div className={classes.summary}>
    <Group gap="md" wrap="nowrap" align="center" role="status">
      <Text component="span" fw={650} className={classes.summaryStatus}>
        <StatusMark status={detail.status} objected={detail.objection !== null} />
      </Text>
      <Text component="span">{detail.summary.sentence}</Text>
    </Group>
    {detail.notice !== null && (
      <Alert
        mt="xs"
        variant="light"
        icon={<IconInfoCircle aria-hidden="true" />}
        title="Since then"
        className={classes.noPrint}
      >
        {detail.notice}
        {commandOf(detail, 'setRevisionAside').allowed && (
          <Button
            size="xs"
            variant="default"
            mt="xs"
            display="block"
            onClick={() => onOpen('setRevisionAside')}
          >
            Set the changed form aside…
          </Button>
        )}
      </Alert>
    )}
  </div>
);
