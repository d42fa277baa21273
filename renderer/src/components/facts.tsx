import type { ReactNode } from 'react';
import classes from './facts.module.css';

type Fact = readonly [name: string, value: ReactNode];

/** Names and values in two columns; a value that nobody knows is said as such. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className={classes.facts}>
    {facts.map(([name, value]) => (
      <div key={name} className={classes.fact}>
        <dt>{name}</dt>
        <dd>
          {value === null || value === '' ? (
            <span className={classes.unknown}>not on the record</span>
          ) : (
            value
          )}
        </dd>
      </div>
    ))}
  </dl>
);
