// Why an item of a report was not taken in, or needs more. A closed list: every code has a sentence and a way to mend it.

export const REFUSALS = {
  'report.unknown-format': 'The file is of no format Weir reads.',
  'report.truncated': 'The file ends in the middle.',
  'report.not-decodable': 'The compressed file cannot be unpacked.',
  'report.too-large': 'The unpacked file is larger than this server takes at once.',
  'report.wrong-version': 'The file is of a version of its format that Weir does not read.',
  'item.too-large': 'The item is larger than this server takes.',
  'item.too-deep': 'The item is nested too deeply.',
  'item.too-many': 'The item holds too many values.',
  'item.invalid-utf8': 'The item is not valid UTF-8.',
  'item.not-json': 'The item is not valid JSON.',
  'item.repeated-key': 'An object in the item has the same key twice.',
  'item.wrong-type': 'A field has the wrong type.',
  'item.missing-field': 'A required field is missing.',
  'item.nothing-claimed': 'The item claims no flaw.',
  'quota.exceeded': 'The sender has reached the quota of this server.',
} as const

export type RefusalCode = keyof typeof REFUSALS

/** What, where and how to mend it. `where` is a JSON pointer (RFC 6901) or `line N`. */
export interface ItemRefusal {
  readonly code: RefusalCode
  readonly where: string
  readonly mend: string
}

/** The item is kept and receipted, but cannot be worked on until its sender adds something. */
export const NEEDS = {
  'needs.target': 'Say what the flaw is in: a purl or a repository address.',
  'needs.description': 'Say what goes wrong: a title or a description.',
} as const

export type NeedsCode = keyof typeof NEEDS
