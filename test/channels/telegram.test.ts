import { setTimeout as sleep } from 'node:timers/promises'
import { describeChannel, type Harness } from './contract.ts'
import { CHAT, openOffice } from './telegram/office.ts'

for (const mode of ['polling', 'webhook'] as const) {
  describeChannel(`telegram (${mode})`, async (): Promise<Harness> => {
    const { channel, fake, close } = await openOffice({ mode })
    const updateIdById = new Map<string, number>()
    return {
      channel,
      chat: String(CHAT),
      isRedelivering: true,
      longest: 4096,
      write: async ({ id, text }) => {
        const known = updateIdById.get(id)
        const { dealt, updateId } =
          known === undefined ? fake.write(CHAT, text) : { dealt: fake.repeat(known), updateId: known }
        updateIdById.set(id, updateId)
        // A channel that has stopped asks for nothing any more.
        await Promise.race([dealt, sleep(500)])
      },
      shown: async () =>
        fake.shown(CHAT).map(({ text, choices, file }) => ({ text, choices, ...(file ? { file } : {}) })),
      close,
    }
  })
}
