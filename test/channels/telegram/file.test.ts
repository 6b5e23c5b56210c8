import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HandedFile } from './fake.ts'
import { CHAT, type Office, openOffice } from './office.ts'

const MIB = 1024 * 1024

let office: Office

beforeEach(async () => {
  office = await openOffice({ timing: { callMs: 300 } })
  await office.start()
})
afterEach(() => office.close())

async function refOf(file: HandedFile): Promise<string> {
  await office.fake.sendFile(CHAT, file).dealt
  return office.updates.at(-1)?.files[0]?.ref ?? ''
}

const fetchFile = (ref: string) => office.channel.fetchFile?.(ref)

test('a file sent comes byte for byte', async () => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256))
  const fetched = await fetchFile(await refOf({ bytes, name: 'số liệu.xlsx' }))
  expect(typeof fetched === 'object' && bytes.equals(fetched.bytes)).toBe(true)
})

test('what Telegram does not know any more is gone', async () => {
  expect(await fetchFile('nobody')).toBe('gone')
})

test('what Telegram hands out no more is too large', async () => {
  expect(await fetchFile(await refOf({ bytes: Buffer.alloc(1), told: 21 * MIB }))).toBe('tooLarge')
})

test('what turns out larger than it was told is read no further', async () => {
  expect(await fetchFile(await refOf({ bytes: Buffer.alloc(20 * MIB + 1), told: 5 }))).toBe('tooLarge')
})

test('the largest file comes whole', async () => {
  const fetched = await fetchFile(await refOf({ bytes: Buffer.alloc(20 * MIB) }))
  expect(typeof fetched === 'object' && fetched.bytes.length).toBe(20 * MIB)
})

test.each([400, 404])('a link that has run out (%i): the file is gone', async (status) => {
  const ref = await refOf({ bytes: Buffer.from('1') })
  office.fake.fault('file', { status })
  expect(await fetchFile(ref)).toBe('gone')
})

test.each(['getFile', 'file'] as const)('whatever else fails at %s can be tried later', async (method) => {
  const ref = await refOf({ bytes: Buffer.from('1') })
  for (const fault of ['reset', 'hang', { status: 502 }, { status: 429 }, { status: 401 }] as const) {
    office.fake.fault(method, fault)
    expect(await fetchFile(ref), JSON.stringify(fault)).toBe('later')
  }
  expect(typeof (await fetchFile(ref))).toBe('object')
})

test('nobody is followed to another place', async () => {
  let visits = 0
  const elsewhere = createServer((_req, res) => {
    visits += 1
    res.end('228')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
  const ref = await refOf({ bytes: Buffer.from('1') })
  office.fake.fault('file', { status: 302, location })
  expect(await fetchFile(ref)).toBe('later')
  elsewhere.close()
  expect(visits).toBe(0)
})

test('the token is in no line of the log', async () => {
  const ref = await refOf({ bytes: Buffer.from('1') })
  for (const method of ['getFile', 'file']) {
    for (const fault of ['reset', 'notJson', { status: 502 }] as const) {
      office.fake.fault(method, fault)
      await fetchFile(ref)
    }
  }
  expect(office.log.join()).not.toContain('AAfake')
})
