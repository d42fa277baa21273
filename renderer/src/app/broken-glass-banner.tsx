import classes from './broken-glass-banner.module.css';

/** Height of one line, in rem, as the style sheet beside has it: the head of the window is as much taller. */
export const GLASS_LINE_REM = 1.75;

/**
 * Stands under the environment for as long as a trust PC takes a password where a card should be: on every screen, and nobody can
 * put it away. The status is there before its words, so that they are read out as they come.
 */
export const BrokenGlassBanner = ({ lines }: { readonly lines: readonly string[] }) => (
  <div role="status">
    {lines.length > 0 && (
      <div role="note" aria-label="Glass is broken" className={classes.banner}>
        {lines.map((line) => (
          <div key={line} className={classes.line}>
            <span aria-hidden="true">▲</span>
            <span className={classes.words}>{line}</span>
          </div>
        ))}
      </div>
    )}
  </div>
);
