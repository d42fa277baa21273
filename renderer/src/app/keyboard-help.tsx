import { Kbd, Modal, Table, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useSignedIn } from '../ground/session.tsx';
import { placesFor } from './navigation.ts';

type Row = readonly [keys: readonly string[], does: string];

const EVERYWHERE: readonly Row[] = [
  [['Ctrl', 'K'], 'Search people, go to a screen, run a command'],
  [['Ctrl', 'L'], 'Lock now'],
  [['?'], 'This help'],
  [['Esc'], 'Close what is open'],
];

const IN_LISTS: readonly Row[] = [
  [['j'], 'Next row (also arrow down)'],
  [['k'], 'Row before (also arrow up)'],
  [['Enter'], 'Open the row'],
  [['Home'], 'First row'],
  [['End'], 'Last row'],
  [['/'], 'Go to the search box'],
];

const Keys = ({ caption, rows }: { readonly caption: string; readonly rows: readonly Row[] }) => (
  <>
    <Title order={3} size="h5" mt="md" mb={4}>
      {caption}
    </Title>
    <Table aria-label={caption}>
      <Table.Tbody>
        {rows.map(([keys, does]) => (
          <Table.Tr key={does}>
            <Table.Td w="9rem">
              {keys.map((key, index) => (
                <Fragment key={key}>
                  {index > 0 && ' '}
                  <Kbd>{key}</Kbd>
                </Fragment>
              ))}
            </Table.Td>
            <Table.Td>{does}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </>
);

export const KeyboardHelp = ({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) => {
  const { may } = useSignedIn();
  const going: readonly Row[] = placesFor(may).map((place) => [['g', place.key], `Go to ${place.label}`]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keyboard"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Keys caption="Everywhere" rows={EVERYWHERE} />
      <Keys caption="In lists" rows={IN_LISTS} />
      <Keys caption="Going to a screen: g, then" rows={going} />
    </Modal>
  );
};
