import { Button, Group, NumberInput, Radio, SimpleGrid, Stack, Switch, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { Settings } from '../../../../electron/contract/settings.contract.ts';
import { Part } from '../../components/part.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { draftOf, LIMITS, readDraft, type SettingsDraft } from './settings-draft.ts';

export const RulesForm = ({ settings }: { readonly settings: Settings }) => {
  const { may } = useSignedIn();
  const readOnly = !may('settings:change');
  const [draft, setDraft] = useState<SettingsDraft>(draftOf(settings));
  const change = useCommand('settings:change', {
    onDone: () => {
      notifications.show({ title: 'Settings changed', message: 'They hold from now on.' });
    },
  });
  const reading = readDraft(draft);
  const faults = 'faults' in reading ? reading.faults : {};
  const same = 'settings' in reading && JSON.stringify(reading.settings) === JSON.stringify(settings);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if ('settings' in reading && !same) change.mutate(reading.settings);
  };
  return (
    <Part title="Rules of this store">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <NumberInput
            label="Lock after minutes without use"
            description="1 to 60. Nobody’s screen should stay open on a shared PC."
            min={LIMITS.idleMinutes.least}
            max={LIMITS.idleMinutes.most}
            allowDecimal={false}
            clampBehavior="none"
            w="20rem"
            maw="100%"
            disabled={readOnly}
            value={draft.idleMinutes}
            onChange={(idleMinutes) => setDraft({ ...draft, idleMinutes })}
            error={faults.idleMinutes}
          />
          <NumberInput
            label="Say “data is old” after days"
            description="1 to 90. Counted from when ESR made the extract."
            min={LIMITS.maxExtractAgeDays.least}
            max={LIMITS.maxExtractAgeDays.most}
            allowDecimal={false}
            clampBehavior="none"
            w="20rem"
            maw="100%"
            disabled={readOnly}
            value={draft.maxExtractAgeDays}
            onChange={(maxExtractAgeDays) => setDraft({ ...draft, maxExtractAgeDays })}
            error={faults.maxExtractAgeDays}
          />
          <NumberInput
            label="Ask for a reason when a file would end more than this share, in 100"
            description="0 to 100, of what is known of people, holdings, training and AS numbers. A file that ends much is more often a wrong file."
            min={LIMITS.largestLossPercent.least}
            max={LIMITS.largestLossPercent.most}
            allowDecimal={false}
            clampBehavior="none"
            w="20rem"
            maw="100%"
            disabled={readOnly}
            value={draft.largestLossPercent}
            onChange={(largestLossPercent) => setDraft({ ...draft, largestLossPercent })}
            error={faults.largestLossPercent}
          />
          <Radio.Group
            label="An end date in ESR is"
            description="Both are found in practice. Try it once in TPLY."
            value={draft.endDateMeaning}
            onChange={(value) =>
              setDraft({ ...draft, endDateMeaning: value === 'last-day' ? 'last-day' : 'first-day-without' })
            }
          >
            <Stack gap={4} mt={4}>
              <Radio value="last-day" label="the last day of access" disabled={readOnly} />
              <Radio value="first-day-without" label="the first day without access" disabled={readOnly} />
            </Stack>
          </Radio.Group>
          <Switch
            label="Information governance training must be done before access is approved"
            description="Section 6 of the procedure. When off, missing training is a warning."
            disabled={readOnly}
            checked={draft.informationGovernanceRequired}
            onChange={(event) =>
              setDraft({ ...draft, informationGovernanceRequired: event.currentTarget.checked })
            }
          />
          <TrainingWords draft={draft} faults={faults} readOnly={readOnly} onChange={setDraft} />
          {change.error !== null && <ErrorState fault={change.error} title="The settings were not changed" />}
          {readOnly ? (
            <Text size="sm" c="dimmed">
              Only the system owner changes these.
            </Text>
          ) : (
            <Group>
              <Button type="submit" loading={change.isPending} disabled={same || 'faults' in reading}>
                Save settings
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Part>
  );
};

interface TrainingWordsProps {
  readonly draft: SettingsDraft;
  readonly faults: Partial<Record<keyof SettingsDraft, string>>;
  readonly readOnly: boolean;
  readonly onChange: (draft: SettingsDraft) => void;
}

/** The words of the training file that count; sites name their courses and states differently. */
const TrainingWords = ({ draft, faults, readOnly, onChange }: TrainingWordsProps) => (
  <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
    <Textarea
      label="Training that counts"
      description="One name a line, any one of them will do. “NHS|CSTF|”, “000” and “- 1 Year” around a name are passed over."
      autosize
      minRows={4}
      maxRows={10}
      disabled={readOnly}
      value={draft.trainingCompetences}
      onChange={(event) => onChange({ ...draft, trainingCompetences: event.currentTarget.value })}
      error={faults.trainingCompetences}
    />
    <Textarea
      label="Status words that mean passed"
      description="One a line, matched whole: “Compliant” does not let “Compliant - Expired” pass."
      autosize
      minRows={4}
      maxRows={10}
      disabled={readOnly}
      value={draft.trainingPassed}
      onChange={(event) => onChange({ ...draft, trainingPassed: event.currentTarget.value })}
      error={faults.trainingPassed}
    />
  </SimpleGrid>
);
