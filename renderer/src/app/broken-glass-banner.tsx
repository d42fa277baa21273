import { Alert } from '@mantine/core';
import { formatInstant } from '../lib/format.ts';
import { useNow } from '../lib/use-now.ts';
import { useSession } from './session.tsx';

/** Stands for as long as a trust PC takes a password where a card should be: everybody sees it, and nobody can put it away. */
export const BrokenGlassBanner = () => {
  const { state } = useSession();
  const now = useNow();
  const broken = (state?.brokenGlass ?? []).filter(({ until }) => Date.parse(until) > now.getTime());
  if (broken.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      mb="md"
      role="note"
      aria-label="Glass is broken"
      className="no-print"
    >
      {broken.map(({ displayName, until }) => (
        <div key={displayName}>
          The glass is broken for {displayName}: trust PCs take their password until {formatInstant(until)}.
        </div>
      ))}
    </Alert>
  );
};
