import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Desk, type DeskOptions, launchDesk } from './launch-desk.ts';
import { openRun } from './run.ts';
import { CannotOpen } from './unprivileged.ts';

/** What `export async function tour(tools: TourTools)` in e2e/tour/tour.ts is given. */
export interface TourTools {
  /** Opens the program; what the tour leaves open is closed after it. */
  readonly launch: (options?: DeskOptions) => Promise<Desk>;
  /** Takes a picture of the page as `out/tour/NN-name.png`, numbered in order. */
  readonly picture: (desk: Desk, name: string) => Promise<string>;
  /** The folder of the pictures. */
  readonly pictures: string;
  readonly say: (line: string) => void;
}

const project = path.resolve(import.meta.dirname, '..', '..');

/** Until there is a tour: the first screen. */
const firstScreen = async ({ launch, picture }: TourTools): Promise<void> => {
  await picture(await launch(), 'first-screen');
};

async function loadTour(): Promise<(tools: TourTools) => Promise<void>> {
  const file = path.join(project, 'e2e', 'tour', 'tour.ts');
  if (!existsSync(file)) return firstScreen;
  const loaded = (await import(pathToFileURL(file).href)) as { tour: (tools: TourTools) => Promise<void> };
  return loaded.tour;
}

async function main(): Promise<void> {
  const pictures = path.join(project, 'out', 'tour');
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const say = (line: string): void => console.log(`tour    ${line}`);
  const run = await openRun();
  const open: Desk[] = [];
  let count = 0;
  const closeAll = async (): Promise<void> => {
    for (const desk of open.splice(0)) await desk.close();
    await run.close();
  };
  const interrupt = (): void => {
    closeAll().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const tour = await loadTour();
    await tour({
      launch: async (options) => {
        const desk = await launchDesk({ run, pictures, ...options });
        open.push(desk);
        return desk;
      },
      picture: async (desk, name) => {
        count += 1;
        const file = await desk.screenshot(`${String(count).padStart(2, '0')}-${name}`);
        say(path.relative(project, file));
        return file;
      },
      pictures,
      say,
    });
    say(`${count} pictures are in ${path.relative(project, pictures)}/.`);
  } catch (error) {
    for (const desk of open) console.error(desk.output());
    throw error;
  } finally {
    await closeAll();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof CannotOpen ? `\n${error.message}` : error);
  process.exitCode = 1;
});
