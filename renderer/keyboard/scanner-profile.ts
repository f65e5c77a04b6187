/** How the keyboard-wedge scanner of this till types. Figures of devices.md §3.3: 35 ms a key, six characters, Enter at the end. */
export interface ScannerProfile {
  /** Time a slow scanner takes for a key. */
  readonly keyMs: number
  /** How late a single key may be on top. */
  readonly jitterMs: number
  /** Once four keys came that fast it is hardly a person: one pause may be this long. */
  readonly stallMs: number
  readonly minimumLength: number
  readonly maximumLength: number
  readonly suffixes: readonly string[]
  /** Keys that stand for the GS1 separator (ASCII 29). `Control+…` is a chord; a bare key counts only inside a scan, so that F8 stays F8. */
  readonly separatorKeys: readonly string[]
}

export const DEFAULT_SCANNER: ScannerProfile = {
  keyMs: 35,
  jitterMs: 5,
  stallMs: 80,
  minimumLength: 6,
  maximumLength: 512,
  suffixes: ['Enter', 'NumpadEnter'],
  separatorKeys: ['Control+BracketRight'],
}

export const GROUP_SEPARATOR = '\u001d'
