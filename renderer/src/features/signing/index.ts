export { SignaturesCard } from './signatures-card.tsx';
export type { SignedStep, StepOf } from './signed-step.ts';
export { SigningDialog } from './signing-dialog.tsx';
export { useSignedStep } from './use-signed-step.ts';
