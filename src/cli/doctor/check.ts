/** What one look at this machine gave. `mend` is the exact command, or null where nothing is to be done. */
export interface Check {
  readonly name: string
  readonly state: 'ok' | 'missing' | 'note'
  /** Whether Weir runs without it. */
  readonly needed: boolean
  readonly say: string
  readonly mend: string | null
}

/** What is as it should be. */
export function good(name: string, say: string): Check {
  return { name, state: 'ok', needed: false, say, mend: null }
}

/** What Weir cannot run without. */
export function lacking(name: string, say: string, mend: string | null): Check {
  return { name, state: 'missing', needed: true, say, mend }
}

/** What only some of it needs, and for what. */
export function wanting(name: string, say: string, mend: string | null): Check {
  return { name, state: 'missing', needed: false, say, mend }
}

/** What an operator should know. */
export function noting(name: string, say: string, mend: string | null = null): Check {
  return { name, state: 'note', needed: false, say, mend }
}
