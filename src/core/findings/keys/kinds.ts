/** Every kind of fingerprint and what an equal one means. */
export const STRENGTH = {
  /** Same public name of a flaw, same target. */
  alias: 'sure',
  /** Same kind of accident, first frame of the program and file, same target. */
  crash: 'sure',
  /** Same rule of the same tool on the same line's text in the same file. */
  scan: 'sure',
  /** Same long description, same target and place. */
  prose: 'sure',
  /** Same public name, whatever the target is called. */
  name: 'candidate',
  /** Same first frame, whatever the accident. */
  frame: 'candidate',
  /** Same text of the line in the same file, whoever found it. */
  line: 'candidate',
  /** Same function in the same file. */
  place: 'candidate',
  /** Same family of weakness within a few lines of the same file. */
  near: 'candidate',
  /** The same telling words in the title. */
  title: 'candidate',
  /** Runs of words shared with another description. */
  text: 'candidate',
} as const satisfies Readonly<Record<string, 'sure' | 'candidate'>>

/** A fingerprint before it is spelled as bytes. */
export interface KeyParts {
  readonly kind: keyof typeof STRENGTH
  readonly parts: readonly string[]
}
