import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { Mark } from '../../components/index.ts';
import { FINDING_WORDS } from '../../lib/finding-words.ts';
import { formatInstant } from '../../lib/format.ts';
import classes from './request.module.css';

/** What an extract raised about this request, and is not settled: it would be seen under Exceptions only. */
export const RequestFindings = ({ detail }: { readonly detail: RequestDetail }) =>
  detail.findings.length === 0 ? null : (
    <section aria-label="Exceptions of this request" className={classes.findings}>
      {detail.findings.map(({ id, kind, sentence, nextAction, raisedAt }) => {
        const { label, shape, tone } = FINDING_WORDS[kind];
        return (
          <div key={id}>
            <Mark word={label} shape={shape} tone={tone} />
            <Text size="sm" mt={4}>
              {sentence}
              {/* Some sentences end with the next step themselves. */}
              {!sentence.includes('Next:') && (
                <>
                  {' '}
                  <strong>Next:</strong> {nextAction}
                </>
              )}
            </Text>
            <Text size="xs" c="dimmed">
              Raised on {formatInstant(raisedAt)}.{' '}
              <Anchor component={Link} href="/findings" inherit underline="always">
                See Exceptions
              </Anchor>
            </Text>
          </div>
        );
      })}
    </section>
  );
