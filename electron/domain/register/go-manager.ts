/**
 * Column 18 of ASA, the department manager, is a person id in some readings of the interface and an assignment id in later
 * ones. Which of the two a file means is told by which of them its own ids resolve.
 */
export type ManagerReading = 'person' | 'assignment';

/** Different values of the column in one file, by what they are found to be. Both may hold of one value. */
export interface ManagerVotes {
  readonly people: number;
  readonly assignments: number;
  readonly values: number;
}

export interface ManagerColumn {
  readonly reading: ManagerReading;
  /** Different values that are nobody's in this reading: managers outside the file. */
  readonly unresolved: number;
}

/** Where neither says more than the other, it is a person id, as the layout names it. */
export function readManagerColumn({ people, assignments, values }: ManagerVotes): ManagerColumn {
  const reading = assignments > people ? 'assignment' : 'person';
  return { reading, unresolved: values - (reading === 'person' ? people : assignments) };
}
