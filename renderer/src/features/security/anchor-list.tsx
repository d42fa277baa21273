import { Text } from '@mantine/core';
import type { Output } from '../../../../electron/contract/contract.ts';
import { Mark } from '../../components/index.ts';
import { formatInstant } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { anchorAge } from './card-settings-draft.ts';
import classes from './security.module.css';

export type Anchors = Output<'security:getCardSettings'>['anchors'];

const AGE_MARKS = {
  good: { word: 'Valid', shape: 'tick', tone: 'good' },
  soon: { word: 'Ends soon', shape: 'triangle', tone: 'warn' },
  over: { word: 'Expired', shape: 'cross', tone: 'bad' },
} as const;

/** The issuers that are trusted now, as the program read them. */
export const AnchorList = ({ anchors }: { readonly anchors: Anchors }) => {
  const now = useNow();
  if (anchors.length === 0) {
    return <Text size="sm">No issuer is trusted yet, so no card is taken.</Text>;
  }
  return (
    <ul className={classes.anchors} aria-label="Issuers that are trusted">
      {anchors.map(({ subject, expiresAt }) => (
        <li key={`${subject} ${expiresAt}`}>
          <span className={classes.subject}>{subject}</span>
          <span>
            <Mark {...AGE_MARKS[anchorAge(expiresAt, now)]} />
            <Text span size="sm" c="dimmed">
              {' '}
              until {formatInstant(expiresAt)}
            </Text>
          </span>
        </li>
      ))}
    </ul>
  );
};
