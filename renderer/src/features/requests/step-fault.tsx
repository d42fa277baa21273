import { ErrorState } from '../../components/index.ts';
import { isStale } from '../../lib/api.ts';

/** Why the last step was not taken. A request that changed meanwhile has been read again by now. */
export const StepFault = ({ fault }: { readonly fault: Error | null }) => {
  if (fault === null) return null;
  return (
    <ErrorState
      fault={fault}
      title={
        isStale(fault)
          ? 'The request changed meanwhile; it has been read again and what you typed is kept'
          : 'Nothing was changed'
      }
    />
  );
};
