import { problemOf } from '../../api/failure.ts'

/** Whether the server said "not found" or "sign in": both lead to the one page that tells nothing. */
export function isHidden(error: unknown): boolean {
  const status = problemOf(error)?.status
  return status === 404 || status === 401
}
