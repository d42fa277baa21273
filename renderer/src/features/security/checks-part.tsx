import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { SecurityCheck } from '../../../../electron/contract/security.contract.ts';
import { Mark, Part } from '../../components/index.ts';
import classes from './security.module.css';
import { countWords, PLACE_OF, STATE_MARKS, worstFirst } from './security-words.ts';

/** Every check with its sentence and what to do; the worst stand first. */
export const ChecksPart = ({ checks }: { readonly checks: readonly SecurityCheck[] }) => (
  <Part title="State of security" description={countWords(checks)}>
    <ul className={classes.checks}>
      {worstFirst(checks).map((check) => (
        <Check key={check.id} check={check} />
      ))}
    </ul>
  </Part>
);

const Check = ({ check }: { readonly check: SecurityCheck }) => {
  const place = check.state === 'green' ? undefined : PLACE_OF[check.id];
  return (
    <li className={classes.check} data-state={check.state}>
      <div className={classes.state}>
        <Mark {...STATE_MARKS[check.state]} />
      </div>
      <div>
        <Text size="sm" fw={600}>
          {check.title}
        </Text>
        <Text size="sm">{check.sentence}</Text>
        {check.mend !== '' && (
          <Text size="sm" component="div">
            <strong>To do:</strong> {check.mend}{' '}
            {place !== undefined && (
              <Anchor component={Link} href={place.to} inherit underline="always" className="no-print">
                {place.label}
              </Anchor>
            )}
          </Text>
        )}
      </div>
    </li>
  );
};
