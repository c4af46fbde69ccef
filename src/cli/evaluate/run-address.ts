import { EXIT, Stop } from '../exit.ts'
import { isLoopback } from '../http/address.ts'
import { inert } from '../text/inert.ts'

/** Throws Stop where an endpoint's base is no address, has a password in it, or would carry a key unencrypted over a network. */
export function mustBeBase(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new Stop(EXIT.badInput, `${inert(text)} is no address of an endpoint.`, 'Give it like https://models.example/v1')
  if (url.username !== '' || url.password !== '')
    throw new Stop(
      EXIT.badInput,
      'An address with a password in it would end up in logs.',
      'Keys come from a file or a variable.',
    )
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new Stop(EXIT.badInput, `A key does not travel unencrypted to ${inert(url.host)}.`, 'Use https.')
}
