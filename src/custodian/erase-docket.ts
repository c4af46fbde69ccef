import type { Custodian } from './custodian.ts'
import { ask } from './endpoint/ask.ts'
import { modelsPath, placeOf } from './endpoint/place.ts'
import type { Ground } from './keep/ground.ts'
import type { KeptDocket } from './keep/kept-docket.ts'

/**
 * Shuts a docket's window, asks its endpoint once for the list of models with the key, and destroys key and identity whatever the
 * answer. True: the key is still taken; false: it is refused; null: nobody could tell. A second time only null.
 */
export async function eraseDocket(
  custodian: Custodian,
  docket: KeptDocket,
  ground: Ground,
  signal: AbortSignal,
): Promise<boolean | null> {
  docket.shut('closing')
  const { key } = docket
  if (docket.isErased) return null
  const taken = await isTaken(custodian, docket, signal)
  if (key !== null) ground.disk.destroy(key.file, ground.random)
  if (!docket.isErased) docket.erase()
  if (key !== null) custodian.dropIdentity(key.identity)
  return taken
}

async function isTaken(custodian: Custodian, docket: KeptDocket, signal: AbortSignal): Promise<boolean | null> {
  const { endpoint } = docket
  const place = endpoint === null ? null : placeOf(endpoint, custodian.privateEndpoints)
  const key = await custodian.openKey(docket)
  if (endpoint === null || place === null || key === null) return null
  const path = modelsPath(place, endpoint.api)
  const heard = await ask(endpoint, place, key, path, null, custodian.privateEndpoints, signal).catch(() => null)
  if (heard === null) return null
  if (heard.status >= 200 && heard.status < 300) return true
  return heard.status === 401 || heard.status === 403 ? false : null
}
