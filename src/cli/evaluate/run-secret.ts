import { lstatSync, readFileSync } from 'node:fs'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'

/** Where the person says that an endpoint's key is. */
export type SecretPlace = { readonly variable: string } | { readonly file: string }

const MOST = 10_000

/** The key itself, without blanks around it; throws Stop where there is none. It is never shown, nor passed on in an environment. */
export function readSecret(place: SecretPlace, env: NodeJS.ProcessEnv): string {
  const secret = ('variable' in place ? (env[place.variable] ?? '') : textOf(place.file)).trim()
  if (secret !== '' && secret.length <= MOST && /^[\x21-\x7e]+$/.test(secret)) return secret
  const where = 'variable' in place ? `The variable ${inert(place.variable)}` : `The file ${inert(place.file)}`
  throw new Stop(EXIT.badInput, `${where} holds no key.`, 'A key is one word of printable characters.')
}

function textOf(file: string): string {
  try {
    return lstatSync(file).size <= MOST ? readFileSync(file, 'utf8') : ''
  } catch {
    return ''
  }
}
