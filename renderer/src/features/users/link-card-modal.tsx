import { Button, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { FormModal } from '../../components/index.ts';
import { KeptNote } from '../../components/kept-note.tsx';
import { useCommand } from '../../lib/api.ts';
import { cardNumberFault, cardsIn, cleanCardNumber, formatCardNumber } from '../../lib/card-words.ts';
import { useCards } from '../../lib/use-cards.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { draftKey, type UserRow } from './user-words.ts';

interface LinkCardModalProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

/** A card's number is the person's for life, so it is linked once; enrolling it on each PC comes after. */
export const LinkCardModal = ({ user, onClose }: LinkCardModalProps) => {
  const draft = useDraft(draftKey(user.id, 'link-card'), {
    number: user.card === null ? '' : formatCardNumber(user.card.uuid),
  });
  const { number } = draft.value;
  const setNumber = (next: string) => draft.change({ number: next });
  const close = () => {
    draft.discard();
    onClose();
  };
  const [told, setTold] = useState(false);
  const link = useCommand('users:linkCard', {
    onDone: (_, { uuid }) => {
      notifications.show(
        uuid === null
          ? { title: 'Card unlinked', message: 'It opens nothing here any more.' }
          : { title: 'Card linked', message: 'Now enrol it on each PC where it is used.' },
      );
      close();
    },
  });
  const fault = cardNumberFault(number);
  const submit = () => {
    setTold(true);
    if (fault !== undefined) return;
    const uuid = cleanCardNumber(number);
    if (uuid === user.card?.uuid) return close();
    link.mutate({ id: user.id, uuid });
  };
  const { card } = user;
  return (
    <FormModal
      title={`Card of ${user.displayName}`}
      submitLabel={card === null ? 'Link the card' : 'Save the number'}
      busy={link.isPending}
      fault={link.error}
      faultTitle="The card was not changed"
      other={
        card !== null && (
          <Button
            variant="default"
            disabled={link.isPending}
            onClick={() => link.mutate({ id: user.id, uuid: null })}
          >
            Unlink the card
          </Button>
        )
      }
      onSubmit={submit}
      onClose={close}
    >
      <TextInput
        label="Number on the card"
        description="12 digits; spaces do not matter. It stays the same when the certificate is renewed."
        required
        data-autofocus
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        error={told ? fault : undefined}
      />
      <FromReader onTake={setNumber} />
      <KeptNote draft={draft} />
      {card !== null && (
        <Text size="sm">
          Another number, or none, ends the enrolment of {formatCardNumber(card.uuid)} on this PC; the
          password is then taken again.
        </Text>
      )}
    </FormModal>
  );
};

/** Read off the card itself, so that nobody has to type twelve digits. */
const FromReader = ({ onTake }: { readonly onTake: (number: string) => void }) => {
  const { data } = useCards();
  const numbers = cardsIn(data).flatMap(({ uuid, readerName }) =>
    uuid === null ? [] : [{ uuid, readerName }],
  );
  return numbers.map(({ uuid, readerName }) => (
    <div key={readerName}>
      <Button variant="default" size="xs" onClick={() => onTake(formatCardNumber(uuid))}>
        Take {formatCardNumber(uuid)} from the card in {readerName}
      </Button>
    </div>
  ));
};
