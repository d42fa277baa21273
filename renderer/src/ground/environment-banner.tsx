import type { SessionState } from '../../../electron/contract/session.contract.ts';
import classes from './environment-banner.module.css';

type Trust = NonNullable<SessionState['trust']>;

const WORDS = {
  LIVE: { sign: '●', name: 'LIVE', says: 'Real people and real access' },
  TPLY: { sign: '▲', name: 'TPLY', says: 'Training copy' },
} as const satisfies Record<Trust['environment'], { sign: string; name: string; says: string }>;

/** Which copy of ESR this is about, said by word, shape and ground; shown on every screen from sign-in on. */
export const EnvironmentBanner = ({ trust }: { readonly trust: Trust }) => {
  const words = WORDS[trust.environment];
  return (
    <div className={classes.banner} data-environment={trust.environment} role="note" aria-label="Environment">
      <span className={classes.label}>
        <span aria-hidden="true">{words.sign}</span>
        <strong>{words.name}</strong>
        <span>{words.says}</span>
        <span className={classes.trust}>
          {trust.name} ({trust.vpd})
        </span>
      </span>
    </div>
  );
};
