import type { TourTools } from '../support/run-tour.ts';

export async function tour({ launch, picture, say }: TourTools): Promise<void> {
  const desk = await launch();
  desk.page.on('console', (m) => say(`console ${m.text()}`));
  desk.page.on('pageerror', (e) => say(`error ${e.message}`));
  await desk.page.reload();
  await desk.page.waitForTimeout(2000);
  await picture(desk, 'first-run');
}
