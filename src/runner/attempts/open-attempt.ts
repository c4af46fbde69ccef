import type { Family, ServiceInput } from '../../core/evaluation/task-package.ts'
import { LiveBox } from './live-box.ts'
import { type Boxes, type Instance, limitsOf, lineOf, mustEnd } from './set-up.ts'

/** How long a service may take until it listens. */
const SERVICE_MS = 30_000
const LAY_OUT = 'cp -a /out/files/. /work/ && rm -rf /out/files'

export interface AttemptBoxAsk {
  readonly family: Family
  readonly instance: Instance
  readonly flag: string
  /** With the reference solution at /solve: never for a model. */
  readonly solving: boolean
}

/** Opens the box of one attempt: the instance's files at /work, the service listening. Rejects with HarnessFault. */
export async function openAttempt(boxes: Boxes, { family, instance, flag, solving }: AttemptBoxAsk): Promise<LiveBox> {
  const { service, solve } = family
  const mounts = [
    ...(service === null ? [] : [{ entry: await boxes.shelf.tree(family, service.code), at: '/srv' }]),
    ...(solving ? [{ entry: await boxes.shelf.tree(family, solve.code), at: '/solve' }] : []),
  ]
  const network = family.network === 'loopback' ? 'own-loopback' : 'none'
  const spec = { limits: limitsOf(family), network, floor: family.floor, image: null, mounts } as const
  const box = await LiveBox.open(boxes.client, boxes.name(), spec)
  try {
    await box.put('/', instance.files)
    mustEnd(await box.exec(['/bin/sh', '-c', LAY_OUT]), 'Laying out the files')
    if (service !== null) {
      const input: ServiceInput = { flag, port: service.port, service: instance.answer.service }
      mustEnd(await box.exec(service.argv, { stdin: lineOf(input), wallMs: SERVICE_MS }), `The service ${service.name}`)
    }
    return box
  } catch (error) {
    await box.close()
    throw error
  }
}
