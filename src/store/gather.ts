interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lets calls that come at once share one statement, so that one wait for the disk serves them all.
 * Each resolves when its own is committed; one that spoils a batch fails alone.
 */
export function gather<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  most = 200,
): (item: Item) => Promise<Result> {
  let line: readonly Waiting<Item, Result>[] = []
  let isWriting = false

  async function writeLine(): Promise<void> {
    if (isWriting) return
    isWriting = true
    await Promise.resolve()
    while (line.length > 0) {
      const batch = line.slice(0, most)
      line = line.slice(most)
      await writeBatch(batch)
    }
    isWriting = false
  }

  async function writeBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await write(batch.map(({ item }) => item))
      results.forEach((result, index) => {
        batch[index]?.resolve(result)
      })
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const one of batch) await writeBatch([one])
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      line = [...line, { item, resolve, reject }]
      void writeLine()
    })
}
