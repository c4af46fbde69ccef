/** The queues of this server. A job holds ids only; every job may run twice and must not mind. */
export const QUEUES = {
  cluster: { retryLimit: 20, retryDelay: 1, retryBackoff: true, expireInSeconds: 600, deleteAfterSeconds: 3600 },
  proof: { retryLimit: 20, retryDelay: 1, retryBackoff: true, expireInSeconds: 600, deleteAfterSeconds: 3600 },
  'docket-report': { retryLimit: 20, retryDelay: 1, retryBackoff: true, expireInSeconds: 600, deleteAfterSeconds: 3600 },
  'docket-close': { retryLimit: 10_000, retryDelay: 15, retryBackoff: false, expireInSeconds: 1800, deleteAfterSeconds: 3600 },
} as const

export type QueueName = keyof typeof QUEUES
