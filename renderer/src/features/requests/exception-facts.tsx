import { List, Text } from '@mantine/core';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { formatDate, formatInstant } from '../../lib/format.ts';

type Exception = NonNullable<RequestDetail['exception']>;

/** What was asked of the Caldicott Guardian, from what, by whom and why. */
export const AskedException = ({ exception }: { readonly exception: Exception }) => (
  <>
    <Text size="sm">
      Asked by {exception.by} on {formatInstant(exception.at)}: “{exception.reason}”
    </Text>
    <Text size="sm">The exception would be from:</Text>
    <MissingList items={exception.from} />
  </>
);

interface Item {
  readonly clause: string;
  readonly title: string;
  readonly fact: string;
}

export const MissingList = ({ items }: { readonly items: readonly Item[] }) => (
  <List size="sm">
    {items.map(({ clause, title, fact }) => (
      <List.Item key={title}>
        <Text span fw={600} inherit>
          {title}
        </Text>{' '}
        ({clause}): {fact}
      </List.Item>
    ))}
  </List>
);

/** What the Guardian decided, in one line; nothing while nobody has. */
export const DecidedException = ({ exception }: { readonly exception: Exception | null }) => {
  if (exception?.decision == null) return null;
  const { granted, until, reason, by, at } = exception.decision;
  return (
    <Text size="sm">
      {by} {granted ? 'made an exception' : 'refused an exception'} as Caldicott Guardian on{' '}
      {formatInstant(at)}
      {until !== null && `, for access that ends by ${formatDate(until)}`}: “{reason}”
    </Text>
  );
};
