import type { Principal } from '../../../core/access/principal.ts'
import type { Ground } from '../../ground.ts'
import { anonymousOrganisation } from '../../identity/strangers.ts'
import type { Config } from '../../main/config.ts'
import type { Sender } from './sender.ts'

/** Makes a sender of whoever asks: their organisation, or the one of strangers, each with its quota. */
export async function sendersOf(ground: Ground, config: Pick<Config, 'quota'>): Promise<(principal: Principal) => Sender> {
  const strangers = await anonymousOrganisation(ground)
  return ({ kind, organisation, person }) =>
    organisation === null || kind === 'stranger'
      ? { organisation: strangers, person: null, anonymous: true, quota: config.quota.strangers, actor: 'stranger' }
      : {
          organisation,
          person,
          anonymous: false,
          quota: config.quota.organisation,
          actor: person === null ? `organisation:${organisation}` : `person:${person}`,
        }
}
