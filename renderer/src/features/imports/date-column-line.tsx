import { NativeSelect, Stack, Text } from '@mantine/core';
import type { DateColumn, DateForm } from '../../../../electron/contract/imports.contract.ts';
import { Mark } from '../../components/index.ts';
import { formatCount } from '../../lib/format.ts';
import type { Draft } from './import-flow.ts';
import classes from './imports.module.css';
import type { ImportActions } from './use-import-flow.ts';

interface DateColumnLineProps {
  readonly draft: Draft;
  readonly field: string;
  readonly label: string;
  readonly actions: ImportActions;
}

/** How a column of dates is written, found from all of it; the person may say otherwise, and must where it asks. */
export const DateColumnLine = ({ draft, field, label, actions }: DateColumnLineProps) => {
  if (draft.dates === null) {
    return (
      <Text size="sm" c="dimmed">
        Reading the dates…
      </Text>
    );
  }
  const column = draft.dates.find((one) => one.field === field);
  if (column === undefined) return null;
  const choice = draft.dateChoices[field];
  return (
    <Stack gap={4} mt={4} className={classes.dates}>
      <div className={classes.sentence}>
        <DateWords column={column} choice={choice} />
      </div>
      {column.choices.length > 1 && (
        <NativeSelect
          aria-label={`How the dates of ${label} are written`}
          size="xs"
          maw="24rem"
          value={choice ?? ''}
          data={[
            { value: '', label: column.state === 'asks' ? 'Choose…' : 'As found' },
            ...column.choices.map(({ form, words, unread }) => ({
              value: form,
              label: unread === 0 ? words : `${words} (${formatCount(unread, 'row')} would fail)`,
            })),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            actions.say({ type: 'sayDateForm', field, form: value === '' ? null : (value as DateForm) });
          }}
        />
      )}
    </Stack>
  );
};

const DateWords = ({
  column,
  choice,
}: {
  readonly column: DateColumn;
  readonly choice: DateForm | undefined;
}) => {
  const said = column.choices.find(({ form }) => form === choice);
  if (said !== undefined) return <Mark word={`As you say. ${said.words}.`} shape="tick" tone="good" />;
  switch (column.state) {
    case 'asks':
      return <Mark word={column.sentence} shape="question" tone="warn" />;
    case 'suggested':
      return <Mark word={column.sentence} shape="triangle" tone="warn" />;
    case 'sure':
    case 'chosen':
      return (
        <Mark
          word={column.sentence}
          shape={column.unread > 0 ? 'triangle' : 'tick'}
          tone={column.unread > 0 ? 'warn' : 'good'}
        />
      );
    case 'empty':
      return (
        <Text size="sm" c="dimmed">
          {column.sentence}
        </Text>
      );
    default:
      return column.state satisfies never;
  }
};
