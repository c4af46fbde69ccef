import { randomBytes } from 'node:crypto'
import { armor, Encrypter } from 'age-encryption'
import { multipart, textPart } from './mime-part.ts'
import type { Sealed } from './seal-letter.ts'

const RECIPIENT = /^age1(?:pq1)?[02-9ac-hj-np-z]{50,4000}$/
const NOTE = `This letter is sealed to the age key that you gave us; its text is in the attached file.
Open it with: age --decrypt --identity YOUR-KEY-FILE letter.txt.age
`

/** The text as an armoured age file (age-encryption.org/v1) beside a covering note that says nothing else. */
export async function ageSeal(text: string, recipient: string): Promise<Sealed> {
  const unusable = { ok: false, code: 'mail.key-unusable', say: 'It is not an age recipient.' } as const
  if (!RECIPIENT.test(recipient)) return unusable
  let file: string
  try {
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    file = armor.encode(await encrypter.encrypt(new TextEncoder().encode(text)))
  } catch {
    return unusable
  }
  const attached = {
    headers: [
      'Content-Type: application/octet-stream; name="letter.txt.age"',
      'Content-Transfer-Encoding: 7bit',
      'Content-Disposition: attachment; filename="letter.txt.age"',
    ],
    body: file,
  }
  return { ok: true, part: multipart('multipart/mixed', randomBytes(18).toString('hex'), [textPart(NOTE), attached]) }
}
