import { Stack } from '@mantine/core';
import { PageHeader } from '../../components/page-header.tsx';
import { ErrorState, LoadingRows } from '../../components/states.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { useOperation } from '../../lib/api.ts';
import { AboutPart } from './about-part.tsx';
import { BackupPart } from './backup-part.tsx';
import { RulesForm } from './rules-form.tsx';
import { ThemePart } from './theme-part.tsx';

export const SettingsScreen = () => {
  const { may } = useSignedIn();
  const { data, error, refetch } = useOperation('settings:get', {});
  return (
    <>
      <PageHeader
        title="Settings"
        description={
          may('settings:change')
            ? 'Every change is written in the ledger.'
            : 'You can read these. The system owner changes them.'
        }
      />
      <Stack gap="md" maw="44rem">
        <ThemePart />
        {error !== null && (
          <ErrorState fault={error} title="The settings could not be read" onRetry={() => void refetch()} />
        )}
        {data === undefined && error === null && <LoadingRows rows={8} />}
        {data !== undefined && (
          <>
            {/* The key starts the form afresh when somebody else has changed the settings. */}
            <RulesForm key={JSON.stringify(data.settings)} settings={data.settings} />
            <BackupPart backup={data.backup} />
          </>
        )}
        <AboutPart />
      </Stack>
    </>
  );
};
