import { Kbd, Modal, Table } from '@mantine/core';

type KeyHelp = readonly [keys: readonly string[], does: string];

export const QUEUE_KEYS: readonly KeyHelp[] = [
  [['j', 'k'], 'Next and previous row (the arrow keys do the same)'],
  [['Enter'], 'Open the request'],
  [['/'], 'Go to the filter; Enter or Esc comes back to the list'],
  [['Home', 'End'], 'First and last row'],
  [['?'], 'This list'],
];

export const REQUEST_KEYS: readonly KeyHelp[] = [
  [['j', ']'], 'Next request in the order of the queue'],
  [['k', '['], 'Previous request in the order of the queue'],
  [['Esc'], 'Back to the queue, at the same place'],
  [['?'], 'This list'],
];

interface ShortcutsHelpProps {
  readonly opened: boolean;
  readonly keys: readonly KeyHelp[];
  readonly onClose: () => void;
}

export const ShortcutsHelp = ({ opened, keys, onClose }: ShortcutsHelpProps) => (
  <Modal
    opened={opened}
    onClose={onClose}
    title="Keyboard shortcuts"
    centered
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <Table>
      <Table.Tbody>
        {keys.map(([names, does]) => (
          <Table.Tr key={does}>
            <Table.Th scope="row" style={{ whiteSpace: 'nowrap' }}>
              {names.map((name, i) => (
                <span key={name}>
                  {i > 0 && ' or '}
                  <Kbd>{name}</Kbd>
                </span>
              ))}
            </Table.Th>
            <Table.Td>{does}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Modal>
);
