interface Lane {
  readonly include: string[];
  readonly exclude: string[];
}
export declare const UNIT_LANES: Readonly<Record<'pure' | 'real' | 'clock', Lane>>;
export declare const WINDOW_LANES: readonly (readonly string[])[];
export declare const PACKAGE_FOLDERS: readonly string[];
