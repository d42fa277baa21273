import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { ErrorState } from '../../components/states.tsx';
import { useSession } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { EntranceFrame } from './entrance-frame.tsx';
import { KEY_PROBLEMS, type WayOut } from './key-problems.ts';
import { RecoverScreen } from './recover-screen.tsx';
import { RestoreScreen } from './restore-screen.tsx';
import type { KeyProblem } from './screen-for.ts';

const WAY_WORDS: Readonly<Record<WayOut, string>> = {
  again: 'Try again',
  phrase: 'Use the recovery phrase',
  backup: 'Restore a backup',
  choose: 'Choose another store',
};

interface KeyStateScreenProps {
  readonly state: SessionState;
  readonly problem: KeyProblem;
}

const Part = ({ title, children }: { readonly title: string; readonly children: string }) => (
  <section>
    <Title order={2} size="h5">
      {title}
    </Title>
    <Text>{children}</Text>
  </section>
);

export const KeyStateScreen = ({ state, problem }: KeyStateScreenProps) => {
  const { apply } = useSession();
  const [way, setWay] = useState<'none' | 'phrase' | 'backup'>('none');
  // Choosing the same store again makes the program look at its files and keychain afresh.
  const select = useCommand('session:selectStore', { onDone: apply });
  const words = KEY_PROBLEMS[problem];
  const back = () => setWay('none');
  const go = (out: WayOut) => {
    switch (out) {
      case 'again':
        return select.mutate({ store: state.store });
      case 'choose':
        return select.mutate({ store: null });
      case 'phrase':
      case 'backup':
        return setWay(out);
    }
  };
  if (way === 'phrase') return <RecoverScreen trust={state.trust} onBack={back} />;
  if (way === 'backup') return <RestoreScreen trust={state.trust} onBack={back} />;
  return (
    <EntranceFrame title={words.title} trust={state.trust}>
      <Stack gap="md">
        <Part title="What happened">{words.happened}</Part>
        {problem === 'store-in-use' && (
          <Text size="sm" c="dimmed">
            {state.explanation}
          </Text>
        )}
        <Part title="What is safe">{words.safe}</Part>
        <Part title="What to do">{words.next}</Part>
        <Group>
          {words.ways.map((out, index) => (
            <Button
              key={out}
              variant={index === 0 ? 'filled' : 'default'}
              onClick={() => go(out)}
              disabled={select.isPending}
            >
              {WAY_WORDS[out]}
            </Button>
          ))}
        </Group>
        <div role="status">{select.isSuccess && <Text size="sm">Looked again: it is still so.</Text>}</div>
        {select.error !== null && <ErrorState fault={select.error} />}
      </Stack>
    </EntranceFrame>
  );
};
