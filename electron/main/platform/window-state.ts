import { readFileSync, writeFileSync } from 'node:fs';

export interface WindowState {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

const isWhole = (value: unknown, least: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= 10_000;
const isPlace = (value: unknown): value is number | undefined =>
  value === undefined || isWhole(value, -10_000);

// By hand: the window waits for this, and loading zod takes longer than all the rest of its opening.
function isWindowState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height, maximized, ...others } = value as Readonly<Record<string, unknown>>;
  return (
    isPlace(x) &&
    isPlace(y) &&
    isWhole(width, 640) &&
    isWhole(height, 480) &&
    typeof maximized === 'boolean' &&
    Object.keys(others).length === 0
  );
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const DEFAULT: WindowState = { width: 1280, height: 820, maximized: false };

/** The remembered window, or the default when none is remembered or it would lie outside every screen. */
export function readWindowState(file: string, screens: readonly Area[]): WindowState {
  let state: unknown;
  try {
    state = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return DEFAULT;
  }
  if (!isWindowState(state)) return DEFAULT;
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
