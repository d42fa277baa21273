import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { goTo } from '../ground/hash-location.ts';
import { useSignedIn } from '../ground/session.tsx';
import { useTheme } from '../ground/theme-choice.tsx';
import { THEME_CHOICES } from '../ground/theme-words.ts';
import { useOperation } from '../lib/api.ts';
import { positionWords } from '../lib/position-words.ts';
import classes from './command-palette.module.css';
import { placesFor } from './navigation.ts';

const [store, palette] = createSpotlight();

export const openPalette = palette.open;

interface CommandPaletteProps {
  readonly onHelp: () => void;
  readonly onLock: () => void;
  readonly onSignOut: () => void;
  readonly onChangePassword: () => void;
  /** Null while there is no card to enrol. */
  readonly onEnrolCard: (() => void) | null;
}

interface Entry {
  readonly label: string;
  readonly description?: string;
  readonly run: () => void;
}

const MOST_PEOPLE = 7;
const SHORTEST_NAME = 2;

const matching = (entries: readonly Entry[], query: string): readonly Entry[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => words.every((word) => entry.label.toLowerCase().includes(word)));
};

const usePeople = (query: string): readonly Entry[] => {
  const { may } = useSignedIn();
  const text = query.trim();
  const people = useOperation(
    'register:searchPeople',
    { text, offset: 0, limit: MOST_PEOPLE },
    { enabled: text.length >= SHORTEST_NAME && may('register:searchPeople'), keepPrevious: true },
  );
  if (text.length < SHORTEST_NAME) return [];
  return (people.data?.rows ?? []).map((row) => ({
    label: row.name,
    description: [row.employeeNumber, positionWords(row.position), row.organisation]
      .filter(Boolean)
      .join(' · '),
    run: () => goTo(`/people/${row.employeeNumber}`),
  }));
};

const Entries = ({ label, entries }: { readonly label: string; readonly entries: readonly Entry[] }) =>
  entries.length === 0 ? null : (
    <Spotlight.ActionsGroup label={label}>
      {entries.map((entry) => (
        <Spotlight.Action
          key={`${entry.label} ${entry.description ?? ''}`}
          label={entry.label}
          {...(entry.description === undefined ? {} : { description: entry.description })}
          onClick={entry.run}
        />
      ))}
    </Spotlight.ActionsGroup>
  );

/** Ctrl+K: go anywhere, find anybody, act. What was typed goes with the shell when the session is locked. */
export const CommandPalette = (props: CommandPaletteProps) => {
  const { may } = useSignedIn();
  const { choose } = useTheme();
  const [query, setQuery] = useState('');
  const people = usePeople(query);
  const places: readonly Entry[] = placesFor(may).map((place) => ({
    label: `Go to ${place.label}`,
    run: () => goTo(place.to),
  }));
  const acts: readonly Entry[] = [
    { label: 'Lock now', run: props.onLock },
    { label: 'Sign out', run: props.onSignOut },
    { label: 'Change password', run: props.onChangePassword },
    ...(props.onEnrolCard === null ? [] : [{ label: 'Enrol my smartcard', run: props.onEnrolCard }]),
    { label: 'Keyboard help', run: props.onHelp },
    ...THEME_CHOICES.map(({ value, label }) => ({ label: `Theme: ${label}`, run: () => choose(value) })),
  ];
  const shownPlaces = matching(places, query);
  const shownActs = matching(acts, query);
  const none = shownPlaces.length + shownActs.length + people.length === 0;
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      // At once, or the first letters typed go nowhere.
      transitionProps={{ duration: 0 }}
      // Names the dialog for readers; to the eye the search box says it.
      title="Search and commands"
      classNames={{ header: classes.header ?? '' }}
      scrollable
      maxHeight="60vh"
      clearQueryOnClose
    >
      <Spotlight.Search
        placeholder="A screen, a person or a command"
        aria-label="Search and commands"
        leftSection={<IconSearch size={18} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        <Entries label="Screens" entries={shownPlaces} />
        <Entries label="People" entries={people} />
        <Entries label="Commands" entries={shownActs} />
        {none && (
          <Spotlight.Empty>
            Nothing by that name. People are found by any part of a name, a number, a user name or an e-mail
            address.
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
};
