import { Stack, Text, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { Mark } from '../../components/index.ts';
import { useOperation } from '../../lib/api.ts';
import { formatCardNumber } from '../../lib/card-words.ts';
import classes from './security.module.css';

const EXAMPLE = 'O=nhs, OU=People, CN=300100000001';

/** The rule as it is typed, tried by the program itself on a subject: no second reading of rules lives in the page. */
export const TryRule = ({ rule }: { readonly rule: string }) => {
  const [subject, setSubject] = useState(EXAMPLE);
  const asked = useDeferredValue({ rule, subject });
  const { data } = useOperation('security:trySubjectRule', asked, { keepPrevious: true });
  return (
    <Stack gap={4}>
      <TextInput
        label="Try it on a subject"
        description="The subject of a certificate, as its own viewer shows it. Nothing is saved by trying."
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
        classNames={{ input: classes.mono ?? '' }}
      />
      <Text size="sm" role="status" className={classes.tried ?? ''} component="div">
        {data !== undefined &&
          (data.uuid === null ? (
            <Mark word={data.problem} shape="triangle" tone="warn" />
          ) : (
            <Mark word={`Reads card number ${formatCardNumber(data.uuid)}`} shape="tick" tone="good" />
          ))}
      </Text>
    </Stack>
  );
};
