import { ActionIcon, Button, Group, Menu, Popover, Stack, TextInput } from '@mantine/core';
import { IconBookmark, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { SavedView } from '../../../../electron/contract/views.contract.ts';
import { ErrorState } from '../../components/index.ts';
import { useCommand, useOperation } from '../../lib/api.ts';
import { currentView, type QueueState } from './queue-state.ts';

interface SavedViewsProps {
  readonly state: QueueState;
  readonly onApply: (view: SavedView) => void;
}

/** Filter and order under a name of the person's own: apply, save, remove. */
export const SavedViews = ({ state, onApply }: SavedViewsProps) => {
  const { data } = useOperation('views:list', {});
  const views = data?.views ?? [];
  const current = currentView(state, views);
  return (
    <Group gap="xs" wrap="nowrap">
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={16} aria-hidden="true" />}
            rightSection={<IconChevronDown size={14} aria-hidden="true" />}
          >
            {current === null ? 'Saved views' : `View: ${current.name}`}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && (
            <Menu.Label>None saved yet. Filter the queue, then save the view.</Menu.Label>
          )}
          {views.map((view) => (
            <Menu.Item key={view.id} onClick={() => onApply(view)} aria-current={view.id === current?.id}>
              {view.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {current === null ? <SaveView state={state} /> : <RemoveView view={current} />}
    </Group>
  );
};

const SaveView = ({ state }: { readonly state: QueueState }) => {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const save = useCommand('views:save', {
    onDone: () => {
      setOpened(false);
      setName('');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate({ name: name.trim(), filter: state.filter, sort: state.sort });
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus withinPortal width={300}>
      <Popover.Target>
        <Button variant="subtle" onClick={() => setOpened((was) => !was)}>
          Save view
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save this view">
        <form onSubmit={submit}>
          <Stack gap="xs">
            <TextInput
              label="Name of the view"
              description="Keeps the filter and the order of the list."
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            {save.error !== null && <ErrorState fault={save.error} title="The view was not saved" />}
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              Save
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
};

const RemoveView = ({ view }: { readonly view: SavedView }) => {
  const remove = useCommand('views:remove');
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      aria-label={`Remove the view ${view.name}`}
      title={`Remove the view ${view.name}`}
      loading={remove.isPending}
      onClick={() => remove.mutate({ id: view.id })}
    >
      <IconTrash size={18} aria-hidden="true" />
    </ActionIcon>
  );
};
