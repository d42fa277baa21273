import type { Input, Output } from '../../contract/contract.ts';
import type { ActingContext } from '../ground/context.ts';

/** Imports as the handlers see them; the work runs in a job thread, the program waits for its answer. */
export interface ImportOperations {
  readonly offerFile: (input: Input<'imports:offerFile'>) => Output<'imports:offerFile'>;
  readonly inspectTable: (input: Input<'imports:inspectTable'>) => Output<'imports:inspectTable'>;
  readonly readDates: (input: Input<'imports:readDates'>) => Promise<Output<'imports:readDates'>>;
  readonly preview: (input: Input<'imports:preview'>) => Promise<Output<'imports:preview'>>;
  readonly apply: (context: ActingContext, input: Input<'imports:apply'>) => Promise<Output<'imports:apply'>>;
  readonly restsOn: (input: Input<'imports:whatRestsOn'>) => Output<'imports:whatRestsOn'>;
  readonly undo: (context: ActingContext, input: Input<'imports:undo'>) => Promise<Output<'imports:undo'>>;
}
