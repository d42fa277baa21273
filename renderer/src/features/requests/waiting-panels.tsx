import { Anchor, Button, Group, List, Text } from '@mantine/core';
import { Link } from 'wouter';
import { AgedSource } from '../../components/aged-source.tsx';
import { formatDate, formatInstant } from '../../lib/format.ts';
import { CopyMail } from './copy-mail.tsx';
import { commandOf } from './next-step.ts';
import { type PanelProps, PanelTitle, StepButton } from './panel-parts.tsx';
import { mailText } from './return-form.ts';

const ToImports = ({ children }: { readonly children: string }) => (
  <Button component={Link} href="/imports" variant="default">
    {children}
  </Button>
);

export const AwaitFormPanel = ({ detail }: PanelProps) => {
  const { returned } = detail;
  return (
    <>
      <PanelTitle>Waiting for a corrected form</PanelTitle>
      {returned !== null && (
        <>
          <Text size="sm">Returned on {formatInstant(returned.at)} with what is missing:</Text>
          <List size="sm" type="ordered">
            {returned.missing.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
          <CopyMail text={mailText(detail.form, returned.missing, '')} />
        </>
      )}
      <Text size="sm">
        When the Service Desk’s file brings it again under {detail.form.reference}, it comes back here as a
        new version.
      </Text>
      <Group>
        <ToImports>Import OneForms</ToImports>
      </Group>
    </>
  );
};

const KeyedWords = ({ detail }: Pick<PanelProps, 'detail'>) => {
  const { keyed } = detail;
  if (keyed === null) return null;
  return (
    <>
      <Text size="sm">
        Keyed by {keyed.by} on {formatInstant(keyed.at)}, from {formatDate(keyed.startDate)}
        {keyed.endDate === null ? ' with no end date' : ` to ${formatDate(keyed.endDate)}`}.
      </Text>
      {keyed.despite.length > 0 && (
        <Text size="sm">
          Recorded as standing in ESR although it was no longer grantable: {keyed.despite.join(' ')} End it in
          ESR, or have it excepted (
          <Anchor component={Link} href="/findings" inherit underline="always">
            see Exceptions
          </Anchor>
          ).
        </Text>
      )}
    </>
  );
};

/** An extract taken before the keying proves nothing, so the panel says which one would. */
export const AwaitExtractPanel = ({ detail }: PanelProps) => (
  <>
    <PanelTitle>Waiting for the next holdings extract</PanelTitle>
    <KeyedWords detail={detail} />
    <Text size="sm">
      The next holdings extract that ESR makes after{' '}
      {detail.keyed === null ? 'the keying' : formatInstant(detail.keyed.at)} verifies this and closes it, or
      raises “keyed but not seen”. An extract taken earlier proves nothing.
    </Text>
    <AgedSource source={detail.presentAccessSource} />
    <Group>
      <ToImports>Import a holdings extract</ToImports>
    </Group>
  </>
);

export const NotSeenPanel = ({ detail, onOpen }: PanelProps) => (
  <>
    <PanelTitle>Keyed, but not seen in ESR</PanelTitle>
    <KeyedWords detail={detail} />
    {detail.verification !== null && <Text size="sm">{detail.verification.sentence}</Text>}
    <List size="sm" type="ordered">
      <List.Item>Look in ESR whether the person has {detail.access ?? detail.form.accessAsked}.</List.Item>
      <List.Item>If it is not there, mark it as not keyed and key it again.</List.Item>
      <List.Item>
        If it is there, check its dates and username, then import the next holdings extract.
      </List.Item>
    </List>
    <Group>
      <StepButton {...commandOf(detail, 'unkey')} onClick={() => onOpen('unkey')}>
        Not keyed after all…
      </StepButton>
      <ToImports>Import a holdings extract</ToImports>
      <Anchor component={Link} href="/findings" size="sm">
        See the exception
      </Anchor>
    </Group>
  </>
);

export const ClosedPanel = ({ detail, title }: PanelProps & { readonly title: string }) => (
  <>
    <PanelTitle>{title}</PanelTitle>
    <KeyedWords detail={detail} />
    {detail.verification !== null && <Text size="sm">{detail.verification.sentence}</Text>}
    <Text size="sm" c="dimmed">
      Nothing is left to do. If this is wrong, reopen or undo it under More.
    </Text>
  </>
);
