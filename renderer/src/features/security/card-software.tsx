import { Stack, Text } from '@mantine/core';
import type { CardsState } from '../../../../electron/contract/cards.contract.ts';
import { Mark } from '../../components/index.ts';
import { formatCardNumber } from '../../lib/card-words.ts';
import { useCards } from '../../lib/use-cards.ts';
import classes from './security.module.css';

const MODULE_MARKS = {
  off: { word: 'Not set up', shape: 'ring', tone: 'plain' },
  starting: { word: 'Starting', shape: 'half', tone: 'info' },
  ready: { word: 'Works', shape: 'tick', tone: 'good' },
  missing: { word: 'Not found', shape: 'cross', tone: 'bad' },
  failed: { word: 'Does not start', shape: 'cross', tone: 'bad' },
  hung: { word: 'Stopped', shape: 'triangle', tone: 'warn' },
} as const satisfies Record<CardsState['module']['state'], unknown>;

/** What the saved settings have led to on this PC, at this moment. */
export const CardSoftware = () => {
  const { data } = useCards();
  if (data === undefined) return null;
  const { module, readers } = data;
  return (
    <section className={classes.software} aria-label="Card software now">
      <div>
        <Mark {...MODULE_MARKS[module.state]} />
      </div>
      <Stack gap={2}>
        <Text size="sm">
          {module.name === null ? 'No card software is loaded.' : `Card software: ${module.name}.`}
        </Text>
        {module.sentence !== '' && <Text size="sm">{module.sentence}</Text>}
        {readers.map(({ name, card }) => (
          <Text size="sm" key={name}>
            {name}:{' '}
            {card === null
              ? 'no card'
              : card.uuid === null
                ? 'a card without a number'
                : `card ${formatCardNumber(card.uuid)}`}
          </Text>
        ))}
      </Stack>
    </section>
  );
};
