import { Radio, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { AnchorList, type Anchors } from './anchor-list.tsx';
import type { CardSettingsDraft, CardSettingsFaults } from './card-settings-draft.ts';
import { PemFiles } from './pem-files.tsx';
import { POLICIES, POLICY_IDS, type Policy } from './policies.ts';
import classes from './security.module.css';
import { TryRule } from './try-rule.tsx';

interface CardSettingsFieldsProps {
  readonly draft: CardSettingsDraft;
  readonly faults: CardSettingsFaults;
  /** As saved: what is typed is read by the program when it is saved. */
  readonly anchors: Anchors;
  readonly onChange: (part: Partial<CardSettingsDraft>) => void;
}

const mono = { classNames: { input: classes.mono ?? '' }, spellCheck: false, autoComplete: 'off' } as const;

export const CardSettingsFields = ({ draft, faults, anchors, onChange }: CardSettingsFieldsProps) => (
  <Stack gap="lg">
    <Textarea
      {...mono}
      label="Card software (PKCS#11)"
      description="Whole paths, one a line; the first that loads is used. Your card supplier says where it is: OcsCryptoki.dll, IDPrimePKCS1164.dll or OpenSC’s."
      placeholder={'…\\OcsCryptoki.dll\n…\\IDPrimePKCS1164.dll'}
      autosize
      minRows={2}
      maxRows={10}
      value={draft.modulePaths}
      onChange={(event) => onChange({ modulePaths: event.currentTarget.value })}
      error={faults.modulePaths}
    />
    <Stack gap="xs">
      <TextInput
        {...mono}
        label="Where the card number stands in the subject"
        description="TYPE=value for what must be there, then TYPE=pattern with (\d{12}) for the number."
        maxLength={300}
        value={draft.subjectRule}
        onChange={(event) => onChange({ subjectRule: event.currentTarget.value })}
        error={faults.subjectRule}
      />
      <TryRule rule={draft.subjectRule} />
    </Stack>
    <Stack gap="xs">
      <Textarea
        {...mono}
        label="Issuers that are trusted"
        description="Certificates in PEM form, those between included. A card whose issuer is not here opens nothing."
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={3}
        maxRows={9}
        value={draft.trustAnchors}
        onChange={(event) => onChange({ trustAnchors: event.currentTarget.value })}
        error={faults.trustAnchors}
      />
      <PemFiles present={draft.trustAnchors} onText={(trustAnchors) => onChange({ trustAnchors })} />
      <Text size="sm" fw={600}>
        Trusted now
      </Text>
      <AnchorList anchors={anchors} />
    </Stack>
    <Textarea
      {...mono}
      label="Revocation lists"
      description="Whole paths of files (DER or PEM), one a line. They are read again every ten minutes."
      autosize
      minRows={2}
      maxRows={10}
      value={draft.revocationLists}
      onChange={(event) => onChange({ revocationLists: event.currentTarget.value })}
      error={faults.revocationLists}
    />
    <Switch
      label="Taking the card out locks the window"
      description="For whoever signed in by card. Switch it off where the card may be taken out after signing in."
      checked={draft.removalLocks}
      onChange={(event) => onChange({ removalLocks: event.currentTarget.checked })}
    />
    <PolicyChoice
      label="Approving a request is signed"
      value={draft.approval}
      onChange={(approval) => onChange({ approval })}
    />
    <PolicyChoice
      label="The Caldicott Guardian’s decision on an exception is signed"
      value={draft.exception}
      onChange={(exception) => onChange({ exception })}
    />
    <PolicyChoice
      label="The sign-off of the audit log is signed"
      description="Urgent removals come with their own screen; nothing is signed there yet."
      value={draft.auditSignOff}
      onChange={(auditSignOff) => onChange({ auditSignOff })}
    />
  </Stack>
);

interface PolicyChoiceProps {
  readonly label: string;
  readonly description?: string;
  readonly value: Policy;
  readonly onChange: (policy: Policy) => void;
}

const PolicyChoice = ({ value, onChange, ...words }: PolicyChoiceProps) => (
  <Radio.Group
    {...words}
    value={value}
    onChange={(chosen) => {
      const policy = POLICY_IDS.find((each) => each === chosen);
      if (policy !== undefined) onChange(policy);
    }}
  >
    <Stack gap="xs" mt="xs">
      {POLICY_IDS.map((policy) => (
        <Radio
          key={policy}
          value={policy}
          label={POLICIES[policy].label}
          description={POLICIES[policy].explains}
        />
      ))}
    </Stack>
  </Radio.Group>
);
