import classes from './signing.module.css';

/** The words of a decision, letter for letter as they are signed: to be read, scrolled by keyboard, and selected. */
export const SignedText = ({ label, text }: { readonly label: string; readonly text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
  <section className={classes.text} tabIndex={0} aria-label={label}>
    {text}
  </section>
);
