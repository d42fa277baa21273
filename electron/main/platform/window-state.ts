import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const windowState = z.strictObject({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(640).max(10_000),
  height: z.int().min(480).max(10_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const DEFAULT: WindowState = { width: 1280, height: 820, maximized: false };

/** The remembered window, or the default when none is remembered or it would lie outside every screen. */
export function readWindowState(file: string, screens: readonly Area[]): WindowState {
  let state: WindowState;
  try {
    state = windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return DEFAULT;
  }
  const { x, y, maximized } = state;
  const isOn = (s: Area): boolean =>
    x !== undefined &&
    y !== undefined &&
    x < s.x + s.width - 80 &&
    x + state.width > s.x + 80 &&
    y >= s.y &&
    y < s.y + s.height - 40;
  const seenOn = screens.find(isOn);
  // A window from a larger screen would hang over the edges of this one.
  const room = seenOn ?? screens[0] ?? DEFAULT;
  const size = { width: Math.min(state.width, room.width), height: Math.min(state.height, room.height) };
  if (seenOn === undefined || x === undefined || y === undefined) return { ...size, maximized };
  return { x, y, ...size, maximized };
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(file, JSON.stringify(state));
}
