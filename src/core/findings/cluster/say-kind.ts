import type { FingerprintKind } from '../fingerprint.ts'

const SENTENCES: Readonly<Record<FingerprintKind, string>> = {
  alias: 'Same public name of the flaw on the same target',
  crash: 'Same kind of crash in the same function and file of the same target',
  scan: 'Same rule of the same tool on the same line of text in the same file',
  prose: 'Same description of the same place in the same target',
  name: 'Same public name of the flaw',
  frame: 'Same first frame',
  line: 'Same line of text in the same file',
  place: 'Same function in the same file',
  near: 'Same family of weakness within a few lines',
  title: 'Same telling words in the title',
  text: 'Parts of the text are the same',
}

/** What an equal fingerprint of that kind means, for a person; names nothing of the flaw itself. */
export function sayKind(kind: FingerprintKind): string {
  return SENTENCES[kind]
}
