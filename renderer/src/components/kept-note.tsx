import { Anchor, Text } from '@mantine/core';
import type { Draft } from '../lib/use-draft.ts';

/** Says that a form was filled in before, and lets go of it. */
export const KeptNote = ({ draft }: { readonly draft: Pick<Draft<unknown>, 'restored' | 'discard'> }) => (
  <div role="status">
    {draft.restored && (
      <Text size="sm" c="dimmed">
        Kept from before.{' '}
        <Anchor component="button" type="button" size="sm" onClick={draft.discard}>
          Discard it
        </Anchor>
      </Text>
    )}
  </div>
);
