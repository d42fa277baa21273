import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../../electron/contract/contract.ts';
import { ErrorState } from '../../components/index.ts';
import { useOperation } from '../../lib/api.ts';
import { formatCount } from '../../lib/format.ts';
import { AgedSource } from '../register/aged-source.tsx';
import { FIND_BY, FOUND_NOBODY } from '../register/find-words.ts';
import { positionWords } from '../register/position-words.ts';
import { commandOf } from './next-step.ts';
import { type PanelProps, PanelTitle } from './panel-parts.tsx';
import classes from './request.module.css';
import { StepFault } from './step-fault.tsx';
import { useStep } from './use-step.ts';

const SHOWN = 8;
type Person = Output<'register:searchPeople'>['rows'][number];

/** Nobody has the number on the form: find the person in the register by hand. */
export const MatchPanel = ({ detail }: PanelProps) => {
  const [text, setText] = useState(detail.form.beneficiaryName);
  const found = useOperation(
    'register:searchPeople',
    { text: text.trim(), offset: 0, limit: SHOWN },
    { enabled: text.trim() !== '', keepPrevious: true },
  );
  const step = useStep('requests:match', detail, () => undefined);
  const command = commandOf(detail, 'match');
  const rows = text.trim() === '' ? [] : (found.data?.rows ?? []);
  return (
    <>
      <PanelTitle>Match to a person</PanelTitle>
      <Text size="sm">
        {detail.form.beneficiaryNumber === ''
          ? 'The form gives no employee number.'
          : `Nobody in the register has the number on the form, ${detail.form.beneficiaryNumber}.`}{' '}
        Find the person, or import a newer register first.
      </Text>
      <TextInput
        label="Search the register"
        description={FIND_BY}
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {!command.allowed && command.why !== null && <Text size="sm">{command.why}</Text>}
      <StepFault fault={step.fault} />
      {found.error !== null && <ErrorState fault={found.error} onRetry={() => void found.refetch()} />}
      <ul className={classes.people} aria-label="People found">
        {rows.map((person) => (
          <FoundPerson
            key={person.personId}
            person={person}
            disabled={!command.allowed || step.busy}
            onMatch={() => step.run({ employeeNumber: person.employeeNumber })}
          />
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

interface FoundPersonProps {
  readonly person: Person;
  readonly disabled: boolean;
  readonly onMatch: () => void;
}

const FoundPerson = ({ person, disabled, onMatch }: FoundPersonProps) => (
  <li className={classes.personFound}>
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
      aria-label={`Match to ${person.name}, ${person.employeeNumber}`}
      onClick={onMatch}
    >
      Match
    </Button>
  </li>
);
