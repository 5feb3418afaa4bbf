/** Values of several streams as they come. Each stream works on its next value while the consumer handles one; never further. */
export async function* mergeStreams<T>(streams: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const pending = new Map<number, Promise<{ index: number; result: IteratorResult<T, unknown> }>>()
  const ask = (stream: AsyncGenerator<T>, index: number): void => {
    const asked = stream.next().then((result) => ({ index, result }))
    // A failure is seen when its turn comes; until then it must not end the process.
    asked.catch(() => undefined)
    pending.set(index, asked)
  }
  streams.forEach(ask)
  try {
    while (pending.size > 0) {
      const { index, result } = await Promise.race(pending.values())
      const stream = streams[index]
      if (result.done === true || stream === undefined) {
        pending.delete(index)
        continue
      }
      ask(stream, index)
      yield result.value
    }
  } finally {
    await Promise.allSettled(streams.map((stream) => stream.return(undefined)))
  }
}
