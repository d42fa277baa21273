import type { CardSettings } from '../../../../electron/contract/security.contract.ts';
import { AnchorList, type Anchors } from './anchor-list.tsx';
import { POLICIES } from './policies.ts';
import classes from './security.module.css';

interface CardSettingsFactsProps {
  readonly settings: CardSettings;
  readonly anchors: Anchors;
}

/** The saved card settings to be read: for who may not change them, and on paper. */
export const CardSettingsFacts = ({ settings, anchors }: CardSettingsFactsProps) => (
  <dl className={classes.facts}>
    <dt>Card software</dt>
    <dd>
      <Paths paths={settings.modulePaths} none="None" />
    </dd>
    <dt>Rule for the card number</dt>
    <dd className={classes.path}>{settings.subjectRule}</dd>
    <dt>Trusted issuers</dt>
    <dd>
      <AnchorList anchors={anchors} />
    </dd>
    <dt>Revocation lists</dt>
    <dd>
      <Paths paths={settings.revocationLists} none="None: a revoked card is not noticed" />
    </dd>
    <dt>Taking the card out</dt>
    <dd>{settings.removalLocks ? 'Locks the window' : 'Does not lock the window'}</dd>
    <dt>Approving a request</dt>
    <dd>{POLICIES[settings.signatures['approve-request']].label}</dd>
    <dt>Deciding on an exception</dt>
    <dd>{POLICIES[settings.signatures.exception].label}</dd>
    <dt>Signing off the audit log</dt>
    <dd>{POLICIES[settings.signatures['audit-sign-off']].label}</dd>
  </dl>
);

const Paths = ({ paths, none }: { readonly paths: readonly string[]; readonly none: string }) =>
  paths.length === 0 ? (
    none
  ) : (
    <ol className={classes.paths}>
      {paths.map((path) => (
        <li key={path} className={classes.path}>
          {path}
        </li>
      ))}
    </ol>
  );
