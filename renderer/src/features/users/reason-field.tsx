import { Textarea } from '@mantine/core';

/** The contract's limits: three characters at least, 500 at most. */
export const isReason = (text: string): boolean => text.trim().length >= 3;

interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly told: boolean;
}

export const ReasonField = ({ value, onChange, told }: ReasonFieldProps) => (
  <Textarea
    label="Reason"
    description="It is kept in the ledger, so leave out personal details."
    required
    autosize
    minRows={2}
    maxLength={500}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
    error={told && !isReason(value) ? 'Say why in a few words' : undefined}
  />
);
