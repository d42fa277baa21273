import { Button, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Output } from '../../../electron/contract/contract.ts';
import { useOperation } from '../lib/api.ts';
import { FIND_BY, FOUND_NOBODY } from '../lib/find-words.ts';
import { formatCount } from '../lib/format.ts';
import { positionWords } from '../lib/position-words.ts';
import { AgedSource } from './aged-source.tsx';
import { ErrorState } from './index.ts';
import classes from './person-picker.module.css';

const SHOWN = 8;
type Person = Output<'register:searchPeople'>['rows'][number];

interface PersonPickerProps {
  /** What stands in the search at first. */
  readonly initial: string;
  /** The button beside each person, a verb: "Match". */
  readonly verb: string;
  readonly disabled: boolean;
  readonly onPick: (person: Person) => void;
  /** Said between the search and what it finds, such as why nobody may be picked. */
  readonly children?: ReactNode;
}

/** Finds a person in the register by hand. */
export const PersonPicker = ({ initial, verb, disabled, onPick, children }: PersonPickerProps) => {
  const [text, setText] = useState(initial);
  const found = useOperation(
    'register:searchPeople',
    { text: text.trim(), offset: 0, limit: SHOWN },
    { enabled: text.trim() !== '', keepPrevious: true },
  );
  const rows = text.trim() === '' ? [] : (found.data?.rows ?? []);
  return (
    <>
      <TextInput
        label="Search the register"
        description={FIND_BY}
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {children}
      {found.error !== null && <ErrorState fault={found.error} onRetry={() => void found.refetch()} />}
      <ul className={classes.people} aria-label="People found">
        {rows.map((person) => (
          <li key={person.personId} className={classes.found}>
            <div>
              <Text size="sm" fw={600}>
                {person.name}, {person.employeeNumber}
                {!person.current && ' (has left)'}
              </Text>
              <Text size="sm" c="dimmed">
                {[positionWords(person.position), person.organisation].filter(Boolean).join(', ')}
              </Text>
            </div>
            <Button
              size="xs"
              variant="default"
              flex="none"
              disabled={disabled}
              aria-label={`${verb} ${person.name}, ${person.employeeNumber}`}
              onClick={() => onPick(person)}
            >
              {verb.split(' ')[0]}
            </Button>
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed" role="status">
        {foundWords(text, found.data)}
      </Text>
      {found.data !== undefined && <AgedSource source={found.data.source} />}
    </>
  );
};

const foundWords = (text: string, found: Output<'register:searchPeople'> | undefined): string => {
  if (text.trim() === '') return 'Type part of a name or a number.';
  if (found === undefined) return 'Searching…';
  const { total, more } = found;
  if (total === 0) return `Nobody in the register fits. ${FOUND_NOBODY}`;
  const count = formatCount(total, 'person', 'people');
  if (total <= SHOWN) return `${count} found.`;
  return `${more ? `More than ${count}` : count} fit; the first ${SHOWN} are shown. Type more to find fewer.`;
};
