import { Encrypter } from 'age-encryption'

/** The key's text as an age file in base64, readable by that recipient alone. Throws where the recipient is none. */
export async function sealKey(recipient: string, key: string): Promise<string> {
  const age = new Encrypter()
  age.addRecipient(recipient)
  const sealed = await age.encrypt(key.trim())
  let text = ''
  for (const byte of sealed) text += String.fromCharCode(byte)
  return btoa(text)
}
