import type { Command } from 'commander'
import { DEFAULT_SERVER, serverAddress } from '../http/address.ts'
import { type Identity, identify } from '../http/sign-in.ts'

/** How a verb finds its server and shows who it is. */
export interface Reach {
  readonly server: string
  readonly token?: string
  readonly as?: string
}

/** Adds the options of `Reach` to a verb. */
export function reaching(command: Command): Command {
  return command
    .option('--server <url>', 'address of the server', process.env['WEIR_SERVER'] || DEFAULT_SERVER)
    .option('--token <token>', 'token to use (better: WEIR_TOKEN in the environment)')
    .option('--as <person>', 'on a demo: name, organisation or role of the seeded person to be')
}

/** Who we are to the server that the options name; on a demo the first seeded person of `role`. `first` begins what a failure says. */
export async function reachServer({ server, token, as }: Reach, role: string, first = ''): Promise<Identity> {
  return await identify(serverAddress(server), { token: token ?? (process.env['WEIR_TOKEN'] || undefined), as }, role, first)
}
