import { Text } from '@mantine/core';
import { useState } from 'react';
import type { SessionState } from '../../../../electron/contract/session.contract.ts';
import { CreateStoreFlow } from './create-store-flow.tsx';
import { EntranceFrame } from './entrance-frame.tsx';
import { NewStoreCards } from './new-store-cards.tsx';

/** Nothing is on this PC yet: make the trust's store, or open the training copy. */
export const FirstRunScreen = ({ state }: { readonly state: SessionState }) => {
  const [creating, setCreating] = useState(false);
  if (creating) return <CreateStoreFlow onCancel={() => setCreating(false)} />;
  return (
    <EntranceFrame title="Welcome" wide>
      <Text mb="lg" maw="44rem">
        ESR Access Desk keeps its records in an encrypted store on this PC. There is none here yet.
      </Text>
      <NewStoreCards stores={state.stores} onCreate={() => setCreating(true)} />
    </EntranceFrame>
  );
};
