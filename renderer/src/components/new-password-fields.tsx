import { Group, PasswordInput, Stack, Text } from '@mantine/core';
import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';
import { invoke } from '../lib/api.ts';
import classes from './new-password-fields.module.css';
import { type Judgement, STRENGTH_WORDS } from './password-strength.ts';

export interface NewPassword {
  readonly password: string;
  readonly repeat: string;
  readonly judgement: Judgement | null;
}

export const NO_PASSWORD: NewPassword = { password: '', repeat: '', judgement: null };

interface NewPasswordFieldsProps {
  readonly value: NewPassword;
  /** A state setter: the judgement arrives later than the typing, so it is laid over what stands then. */
  readonly onChange: Dispatch<SetStateAction<NewPassword>>;
  /** What the password must not resemble: names, usernames, the trust. */
  readonly about: readonly string[];
  /** True once the person has tried to go on: what is missing is said. */
  readonly told: boolean;
  readonly label?: string;
  /** A first password is read out to the person, so it is typed once and shown. */
  readonly once?: boolean;
}

const JUDGE_AFTER_MS = 250;

const describe = (value: NewPassword, told: boolean): string | undefined => {
  if (!told) return undefined;
  if (value.password === '') return 'Choose a password';
  if (value.judgement !== null && !value.judgement.acceptable) return 'Choose a stronger password';
  return undefined;
};

/** A new password with its strength as it is typed. It is asked of the program by hand: a query cache would keep it. */
export const NewPasswordFields = (props: NewPasswordFieldsProps) => {
  const { value, onChange, about, told, label = 'Password', once = false } = props;
  const [judging, setJudging] = useState(false);
  const { password } = value;
  const aboutKey = about.join('\n');

  useEffect(() => {
    if (password === '') return undefined;
    let wanted = true;
    setJudging(true);
    const timer = setTimeout(() => {
      invoke('session:judgePassword', {
        password,
        about: aboutKey.split('\n').filter(Boolean).slice(0, 5),
      }).then(
        (judgement) => {
          if (wanted) onChange((now) => (now.password === password ? { ...now, judgement } : now));
          setJudging(false);
        },
        () => setJudging(false),
      );
    }, JUDGE_AFTER_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [password, aboutKey, onChange]);

  return (
    <Stack gap="sm">
      <PasswordInput
        label={label}
        required
        autoComplete="new-password"
        maxLength={256}
        value={password}
        onChange={(event) => {
          const { value: typed } = event.currentTarget;
          onChange((now) => ({ ...now, password: typed, judgement: null }));
        }}
        error={describe(value, told)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        {...(once ? { defaultVisible: true } : {})}
      />
      <Strength judgement={password === '' ? null : value.judgement} judging={judging && password !== ''} />
      {!once && (
        <PasswordInput
          label="The same again"
          required
          autoComplete="new-password"
          maxLength={256}
          value={value.repeat}
          onChange={(event) => {
            const { value: typed } = event.currentTarget;
            onChange((now) => ({ ...now, repeat: typed }));
          }}
          error={told && value.repeat !== password ? 'The two passwords differ' : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the repeated password' }}
        />
      )}
    </Stack>
  );
};

interface StrengthProps {
  readonly judgement: Judgement | null;
  readonly judging: boolean;
}

const Strength = ({ judgement, judging }: StrengthProps) => (
  <div className={classes.strength} role="status">
    <Group gap="xs" wrap="nowrap">
      <span className={classes.bars} aria-hidden="true" data-ok={judgement?.acceptable ?? false}>
        {STRENGTH_WORDS.map((word, index) => (
          <span
            key={word}
            className={classes.bar}
            data-full={judgement !== null && index <= judgement.score}
          />
        ))}
      </span>
      <Text size="sm">
        {judgement === null
          ? judging
            ? 'Judging…'
            : 'Strength: not yet judged'
          : `Strength: ${STRENGTH_WORDS[judgement.score] ?? ''}${judgement.acceptable ? '' : ', not enough'}`}
      </Text>
    </Group>
    {judgement?.advice.map((line) => (
      <Text size="sm" c="dimmed" key={line}>
        {line}
      </Text>
    ))}
  </div>
);
