import { randomUUID } from 'node:crypto'
import { never } from '../core/never.ts'
import { readAddresses } from './address.ts'
import type { Transaction } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Deed, NewMessage } from './store.ts'
import type { Scene } from './turn.ts'
import { keepVersions } from './version.ts'

/** Writes down what a turn decided, one statement a table. */
export async function keepDeed(tx: Transaction, scene: Scene, deed: Deed): Promise<void> {
  const { office } = scene
  if (office === undefined) {
    const { at: _, messages: __, ...rest } = deed
    if (Object.values(rest).some((rows) => rows.length > 0)) {
      throw new Error('a stranger leaves nothing behind but words to him')
    }
  } else {
    await keepPeriods(tx, office.id, deed.periods)
    await keepAnswers(tx, office.id, deed.answers)
    await keepTalks(tx, office.id, deed.talks)
    await keepVersions(tx, office.id, deed)
    await unbind(tx, office.id, deed)
    await keepChanges(tx, office.id, deed)
    await keepAudits(tx, office.id, deed)
  }
  await keepMessages(tx, scene, deed)
}

/** A period kept before takes the new closing and reopening. */
async function keepPeriods(tx: Transaction, officeId: string, periods: Deed['periods']): Promise<void> {
  if (periods.length === 0) return
  const rows = periods.map(
    ({ key, packId, openedAt, closedAt, reopenedAt }) =>
      Prisma.sql`(${officeId}, ${key}, ${packId}, ${openedAt}, ${closedAt ?? null}, ${reopenedAt ?? null})`,
  )
  await tx.$executeRaw`
    INSERT INTO "Period" ("officeId", "key", "packId", "openedAt", "closedAt", "reopenedAt")
    VALUES ${Prisma.join(rows)}
    ON CONFLICT ("officeId", "key") DO UPDATE SET
      "closedAt" = excluded."closedAt", "reopenedAt" = excluded."reopenedAt"`
}

async function keepAnswers(tx: Transaction, officeId: string, answers: Deed['answers']): Promise<void> {
  if (answers.length === 0) return
  const rows = answers.map(
    ({ periodKey, answer: { code, given, raw, by, at, channel, messageId, reason } }) =>
      Prisma.sql`(${officeId}, ${periodKey}, ${code}, ${JSON.stringify(given)}, ${raw}, ${by}, ${at}, ${channel},
        ${messageId}, ${reason ?? null})`,
  )
  await tx.$executeRaw`
    INSERT INTO "Answer" ("officeId", "periodKey", "code", "given", "raw", "by", "at", "channel", "messageId", "reason")
    VALUES ${Prisma.join(rows)}`
}

async function keepTalks(tx: Transaction, officeId: string, talks: Deed['talks']): Promise<void> {
  const lastOf = new Map(talks.map(({ personId, talk }) => [personId, talk]))
  if (lastOf.size === 0) return
  const rows = [...lastOf].map(([personId, talk]) => Prisma.sql`(${officeId}, ${personId}, ${talk})`)
  await tx.$executeRaw`
    INSERT INTO "Talk" ("officeId", "personId", "talk") VALUES ${Prisma.join(rows)}
    ON CONFLICT ("officeId", "personId") DO UPDATE SET "talk" = excluded."talk"`
}

async function keepAudits(tx: Transaction, officeId: string, { audits, at }: Deed): Promise<void> {
  if (audits.length === 0) return
  const rows = audits.map(
    ({ actor, action, detail }) => Prisma.sql`(${officeId}, ${at}, ${actor}, ${action}, ${detail})`,
  )
  await tx.$executeRaw`
    INSERT INTO "Audit" ("officeId", "at", "actor", "action", "detail") VALUES ${Prisma.join(rows)}`
}

/** What was still to be said at an address that nobody answers to any more is not said; the words of this deed are. */
async function unbind(tx: Transaction, officeId: string, { unbinds, at }: Deed): Promise<void> {
  for (const { channel, chat } of unbinds) {
    const where = { channel, chat, officeId }
    const address = await tx.address.findFirst({ where, select: { personId: true } })
    if (address === null) continue
    await tx.address.deleteMany({ where })
    await tx.outbox.updateMany({
      where: { ...where, state: 'pending' },
      data: { state: 'refused', reason: 'the address has been unbound', settledAt: at },
    })
    const detail = JSON.stringify({ channel, chat })
    await tx.audit.create({ data: { officeId, at, actor: address.personId, action: 'unbind', detail } })
  }
}

async function keepChanges(tx: Transaction, officeId: string, { changes, at }: Deed): Promise<void> {
  for (const change of changes) {
    switch (change.type) {
      case 'prefer':
      case 'reopen': {
        const { channel, chat } = change
        const data = change.type === 'prefer' ? { preferredAt: at } : { closedAt: null, closedReason: null }
        await tx.address.updateMany({ where: { officeId, channel, chat }, data })
        break
      }
      case 'settle':
        await settleUnsure(tx, officeId, { ...change, at })
        break
      case 'invite': {
        const { personId, codeHash, expiresAt } = change
        await tx.invite.create({ data: { codeHash, officeId, personId, expiresAt } })
        break
      }
      default:
        never(change)
    }
  }
}

/** "Again" is a message of its own, once; the first stays as what it was. */
async function settleUnsure(
  tx: Transaction,
  officeId: string,
  { id, as, at }: { readonly id: string; readonly as: 'arrived' | 'again'; readonly at: string },
): Promise<void> {
  const { count } = await tx.outbox.updateMany({
    where: { id: Number(id), officeId, state: 'unknown' },
    data: { state: as === 'arrived' ? 'sent' : 'refused', reason: `a person says: ${as}`, settledAt: at },
  })
  if (count === 0 || as === 'arrived') return
  const { personId, key, channel, chat, ...row } = await tx.outbox.findUniqueOrThrow({
    where: { id: Number(id) },
  })
  // To where the person is now: the chat may have become somebody else's.
  const to = (await readAddresses(tx, officeId)).find(
    (one) => one.personId === personId && one.closed === undefined,
  )
  if (!to) return
  const { text, choices, fileId, link } = row
  await tx.outbox.create({
    data: {
      officeId,
      personId,
      channel: to.channel,
      chat: to.chat,
      key: `${key}:again`,
      text,
      choices,
      fileId,
      link,
      at,
    },
  })
}

async function keepMessages(tx: Transaction, scene: Scene, { messages, unbinds, at }: Deed): Promise<void> {
  if (messages.length === 0) return
  const officeId = scene.office?.id ?? ''
  const personAt = await readReachable(tx, scene, messages)
  const files = new Map<string, NewMessage['file'] & object>()
  const rows = messages.map((message) => {
    const { channel, chat, key, text, choices, file, isUnasked = false, link, held } = message
    const fileId = file === undefined ? null : randomUUID()
    if (file !== undefined && fileId !== null) files.set(fileId, file)
    // The last words at an address that is let go are nobody's any more.
    const isLetGo = unbinds.some((gone) => gone.channel === channel && gone.chat === chat)
    const personId = isLetGo ? null : personAt(message)
    return Prisma.sql`(${officeId}, ${personId}, ${channel}, ${chat}, ${key}, ${text}, ${JSON.stringify(choices)},
      ${fileId}, ${at}, ${isUnasked ? 1 : 0}, ${link ?? null}, ${held === undefined ? 'pending' : 'refused'}, ${held ?? null},
      ${held === undefined ? null : at})`
  })
  const kept = await tx.$queryRaw<readonly { readonly fileId: string | null }[]>`
    INSERT INTO "Outbox" ("officeId", "personId", "channel", "chat", "key", "text", "choices", "fileId", "at",
      "isUnasked", "link", "state", "reason", "settledAt")
    VALUES ${Prisma.join(rows)}
    ON CONFLICT ("officeId", "key") DO NOTHING RETURNING "fileId"`
  for (const { fileId } of kept) {
    const file = fileId === null ? undefined : files.get(fileId)
    if (fileId === null || file === undefined) continue
    await tx.file.create({
      data: { id: fileId, officeId, name: file.name, bytes: Uint8Array.from(file.bytes) },
    })
  }
}

/** Words may go to the chat the turn answers, and to addresses of its own office; to any other they are a fault. */
async function readReachable(
  tx: Transaction,
  { office, personId, inbound }: Scene,
  messages: readonly NewMessage[],
): Promise<(message: NewMessage) => string | null> {
  const others = messages.filter(({ channel, chat }) => channel !== inbound?.channel || chat !== inbound.chat)
  const bound =
    office === undefined || others.length === 0
      ? []
      : await tx.address.findMany({
          where: { officeId: office.id, chat: { in: [...new Set(others.map(({ chat }) => chat))] } },
        })
  return (message) => {
    const { channel, chat } = message
    // What is said in a group is said to nobody alone.
    if (channel === inbound?.channel && chat === inbound.chat)
      return inbound.sender === undefined ? (personId ?? null) : null
    const address = bound.find((one) => one.channel === channel && one.chat === chat)
    if (address === undefined || (message.personId ?? address.personId) !== address.personId) {
      throw new Error('a message to an address that is not of its office')
    }
    return address.personId
  }
}
