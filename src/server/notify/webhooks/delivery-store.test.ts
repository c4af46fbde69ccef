import { describe } from 'node:test'
import { deliverySuite } from '../../../devkit/delivery-suite.ts'
import { fakeDeliveries } from '../../../devkit/fake-webhook.ts'

describe('deliveries in memory', () => {
  deliverySuite(async () => {
    const store = fakeDeliveries(60_000)
    return {
      store,
      leaseMs: 60_000,
      add: async (delivery) => store.add(delivery),
      off: async (target) => store.off.get(target) ?? null,
    }
  })
})
