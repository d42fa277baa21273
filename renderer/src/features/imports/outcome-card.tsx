import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { ImportOutcome } from '../../../../electron/contract/imports.contract.ts';
import { formatCount } from '../../lib/format.ts';

interface OutcomeCardProps {
  readonly fileName: string;
  readonly outcome: ImportOutcome;
  readonly onClose: () => void;
}

/** What the import did, with the way to what it raised. */
export const OutcomeCard = ({ fileName, outcome, onClose }: OutcomeCardProps) => {
  const raised = outcome.notSeen + outcome.otherDates + outcome.heldPast + outcome.neverApproved;
  const unproved = [...outcome.remarks, ...outcome.provesNothing];
  return (
    <Alert
      role="status"
      color="green"
      variant="light"
      icon={<IconCheck aria-hidden="true" />}
      title={`${fileName} was imported`}
    >
      <Text size="sm">{outcome.sentence}</Text>
      {unproved.length > 0 && (
        <List size="sm" mt="xs" aria-label="What to know of it">
          {unproved.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      )}
      <Group mt="sm">
        {raised > 0 && (
          <Button component={Link} href="/findings" size="xs">
            See {formatCount(raised, 'exception')}
          </Button>
        )}
        {outcome.verified > 0 && (
          <Button component={Link} href="/requests?status=verified" size="xs" variant="default">
            See {formatCount(outcome.verified, 'verified request')}
          </Button>
        )}
        {outcome.accountsToConfirm > 0 && (
          <Button component={Link} href="/user-names" size="xs" variant="default">
            Say whose {formatCount(outcome.accountsToConfirm, 'user name is', 'user names are')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </Alert>
  );
};
