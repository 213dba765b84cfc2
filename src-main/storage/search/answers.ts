/** Questions to the worker that wait for their answers. */

export interface Answers {
  /** `send` gets the number that the answer will name. */
  ask<T>(send: (request: number) => void): Promise<T>
  /** What answers nothing (any more) is ignored. */
  resolve(request: number, value: unknown): void
  reject(request: number, error: Error): void
  failAll(error: Error): void
  /** A question is open. */
  waiting(): boolean
}

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

export function createAnswers(): Answers {
  const waiting = new Map<number, Waiting>()
  let requests = 0

  function take(request: number): Waiting | undefined {
    const asked = waiting.get(request)
    waiting.delete(request)
    return asked
  }
  return {
    ask: <T>(send: (request: number) => void) =>
      new Promise<T>((resolve, reject) => {
        const request = ++requests
        waiting.set(request, { resolve, reject })
        send(request)
      }),
    // The worker answers each kind of question with its own kind of answer.
    resolve: (request, value) => take(request)?.resolve(value as never),
    reject: (request, error) => take(request)?.reject(error),
    failAll(error) {
      for (const request of [...waiting.keys()]) take(request)?.reject(error)
    },
    waiting: () => waiting.size > 0,
  }
}
