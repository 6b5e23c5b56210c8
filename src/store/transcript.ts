import { readChoices, readInFiles } from './columns.ts'
import type { Database, Transaction } from './database.ts'
import type { OutFileContent, TranscriptLine } from './store.ts'

export async function listTranscript(
  db: Database,
  officeId: string,
  personId: string,
): Promise<readonly TranscriptLine[]> {
  const lines = [...(await listIn(db, officeId, personId)), ...(await listOut(db, officeId, personId))]
  // Stable: what came in stands before what was said to it in the same millisecond.
  return lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** What the person's turns have taken, and what still waits at the person's addresses; what was said in a group is the group's. */
async function listIn(
  { prisma }: Database,
  officeId: string,
  personId: string,
): Promise<readonly TranscriptLine[]> {
  const addresses = await prisma.address.findMany({
    where: { officeId, personId },
    select: { channel: true, chat: true },
  })
  const rows = await prisma.inbox.findMany({
    where: {
      sender: null,
      OR: [{ officeId, personId }, ...addresses.map((address) => ({ ...address, state: 'waiting' }))],
    },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, at, channel, text, files }) => ({
    id: `i${id}`,
    direction: 'in',
    at,
    channel,
    text,
    choices: [],
    files: readInFiles(files).map(({ name }) => ({ name })),
  }))
}

async function listOut(
  { prisma }: Database,
  officeId: string,
  personId: string,
): Promise<readonly TranscriptLine[]> {
  const rows = await prisma.outbox.findMany({
    where: { officeId, personId, state: { not: 'refused' } },
    orderBy: { id: 'asc' },
  })
  const ids = rows.flatMap(({ fileId }) => fileId ?? [])
  const files = await prisma.file.findMany({
    where: { officeId, id: { in: ids } },
    select: { id: true, name: true },
  })
  const fileById = new Map(files.map((file) => [file.id, file]))
  return rows.map(({ id, at, channel, text, choices, fileId }) => {
    const file = fileId === null ? undefined : fileById.get(fileId)
    return {
      id: `o${id}`,
      direction: 'out',
      at,
      channel,
      text,
      choices: readChoices(choices),
      files: file === undefined ? [] : [file],
    }
  })
}

export async function readFile(
  { prisma }: Database,
  officeId: string,
  fileId: string,
): Promise<OutFileContent | undefined> {
  return findFile(prisma, officeId, fileId)
}

export async function findFile(
  tx: Transaction,
  officeId: string,
  fileId: string,
): Promise<OutFileContent | undefined> {
  const file = await tx.file.findFirst({
    where: { id: fileId, officeId },
    select: { name: true, bytes: true },
  })
  return file ?? undefined
}
