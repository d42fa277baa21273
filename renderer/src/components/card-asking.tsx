import { Alert, PasswordInput, Radio, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import type { CardInReader, CardsState } from '../../../electron/contract/cards.contract.ts';
import { cardsIn, formatCardNumber, mayBeAsked, TRIES_WORDS, triesTone } from '../lib/card-words.ts';
import { formatInstant } from '../lib/format.ts';
import classes from './card-asking.module.css';
import { ErrorState } from './states.tsx';
import { Mark } from './status-mark.tsx';
import type { CardAsked } from './use-card-asking.ts';

interface CardAskingProps {
  readonly asked: CardAsked;
  /** Of the passcode: "Your passcode", "Passcode of the holder". */
  readonly pinLabel: string;
  /** The person has tried to go on: what is missing is said. */
  readonly told: boolean;
  /** The passcode takes the keyboard as soon as it is there. */
  readonly autoFocus?: boolean;
  /** Why this sound card is not the one that is wanted; its passcode is not asked for then. */
  readonly against?: string;
}

/** Which card, what stands for or against it, how many tries, and its passcode. */
export const CardAsking = ({ asked, pinLabel, told, autoFocus = false, against = '' }: CardAskingProps) => {
  const { state, fault, card } = asked;
  if (fault !== null) return <ErrorState fault={fault} title="The readers could not be read" />;
  const cards = cardsIn(state);
  return (
    <Stack gap="sm">
      <Readers state={state} none={cards.length === 0} told={told} />
      {cards.length > 1 && (
        <Radio.Group
          label="Which card"
          description="More than one card is in."
          value={card?.readerId ?? ''}
          onChange={asked.choose}
          error={told && card === null ? 'Choose the card' : undefined}
        >
          <Stack gap={6} mt={6}>
            {cards.map((one) => (
              <Radio
                key={one.readerId}
                value={one.readerId}
                label={one.uuid === null ? one.label : formatCardNumber(one.uuid)}
                description={one.readerName}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {card !== null && <Facts card={card} />}
      <div role="status" className={classes.against}>
        {card !== null && against !== '' && <Mark word={against} shape="cross" tone="bad" />}
      </div>
      {card !== null && against === '' && mayBeAsked(card) && (
        // Among several cards it would take the keyboard from the choice.
        <Passcode
          asked={asked}
          card={card}
          label={pinLabel}
          told={told}
          autoFocus={autoFocus && cards.length === 1}
        />
      )}
    </Stack>
  );
};

interface ReadersProps {
  readonly state: CardsState | undefined;
  readonly none: boolean;
  readonly told: boolean;
}

const Readers = ({ state, none, told }: ReadersProps) => {
  const words = readerWords(state, none);
  return (
    <div role="status" className={classes.against}>
      {words !== '' && (
        <Alert variant="light" title={readerTitle(state, told)} {...(told ? { color: 'red' } : {})}>
          {words}
        </Alert>
      )}
    </div>
  );
};

const readerTitle = (state: CardsState | undefined, told: boolean): string => {
  if (told) return 'This needs a card';
  const module = state?.module.state ?? 'starting';
  return module === 'ready' || module === 'starting' ? 'No card yet' : 'Smartcards cannot be read';
};

const readerWords = (state: CardsState | undefined, none: boolean): string => {
  if (!none) return '';
  if (state === undefined) return 'Looking for card readers.';
  if (state.module.sentence !== '') return state.module.sentence;
  return state.readers.length === 0
    ? 'No card reader is plugged in. Plug it in, then put the card in.'
    : 'Put the card in the reader. It is seen by itself.';
};

const Facts = ({ card }: { readonly card: CardInReader }) => {
  const tone = triesTone(card.tries);
  return (
    <div className={classes.card}>
      <dl className={classes.facts}>
        <dt>Card</dt>
        <dd>{card.uuid === null ? 'No number' : formatCardNumber(card.uuid)}</dd>
        <dt>Reader</dt>
        <dd>{card.readerName}</dd>
        {card.expiresAt !== null && (
          <>
            <dt>Certificate until</dt>
            <dd>{formatInstant(card.expiresAt)}</dd>
          </>
        )}
        <dt>Tries</dt>
        <dd>
          {tone === 'plain' ? (
            TRIES_WORDS[card.tries]
          ) : (
            <Mark word={TRIES_WORDS[card.tries]} shape={tone === 'warn' ? 'triangle' : 'cross'} tone={tone} />
          )}
        </dd>
      </dl>
      {card.sentence !== '' && (
        <Text size="sm" component="div" role="status">
          {card.standing === 'revocation-unchecked' ? (
            <Mark word={card.sentence} shape="triangle" tone="warn" />
          ) : (
            <Mark word={card.sentence} shape="cross" tone="bad" />
          )}
        </Text>
      )}
    </div>
  );
};

interface PasscodeProps {
  readonly asked: CardAsked;
  readonly card: CardInReader;
  readonly label: string;
  readonly told: boolean;
  readonly autoFocus: boolean;
}

const Passcode = ({ asked, card, label, told, autoFocus }: PasscodeProps) => {
  const id = useId();
  if (card.ownKeypad) {
    return <Text size="sm">The passcode is typed on the reader’s own keypad, when it asks for it.</Text>;
  }
  return (
    <PasswordInput
      id={id}
      label={label}
      required
      autoFocus={autoFocus}
      // A dialog puts the keyboard where this says, once it is open.
      {...(autoFocus ? { 'data-autofocus': true } : {})}
      autoComplete="off"
      maxLength={64}
      value={asked.pin}
      onChange={(event) => asked.setPin(event.currentTarget.value)}
      error={told && asked.pin === '' ? 'Type the passcode' : undefined}
      visibilityToggleButtonProps={{ 'aria-label': 'Show the passcode' }}
    />
  );
};
