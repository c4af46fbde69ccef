import { hash } from 'node:crypto'
import { type Answer, denied, done } from '../answer.ts'
import type { CaseBody } from './case-body.ts'

/** Of one case, in characters: what people write beside its messages. */
const MOST = 2_000_000

type Texts = CaseBody['texts']

/** A text's SHA-256, hex, and the texts of a case with it among them; what is kept already, word for word, is kept once. */
export function keepText(texts: Texts, text: string): Answer<{ readonly digest: string; readonly texts: Texts }> {
  const digest = hash('sha256', text, 'hex')
  if (Object.hasOwn(texts, digest)) return done({ digest, texts })
  const held = Object.values(texts).reduce((sum, one) => sum + one.length, 0)
  if (held + text.length > MOST) return denied('quota.exceeded', 'This case holds as much text as it can; write a message.')
  return done({ digest, texts: { ...texts, [digest]: text } })
}
