import { afterEach, beforeEach, expect, test } from 'vitest'
import { download, isPublic } from '../../../src/channels/zalo-oa/download.ts'
import { createFakeOa, type FakeOa } from './fake.ts'

const BYTES = Uint8Array.of(80, 75, 3, 4)
const HOSTS = ['127.0.0.1', 'zdn.vn']
let fake: FakeOa

beforeEach(async () => {
  fake = await createFakeOa({ clock: () => 0 })
})
afterEach(() => fake.close())

function fetchFrom(url: string, maxBytes = 4) {
  return download({ url, hosts: HOSTS, maxBytes, forMs: 300 })
}

test('a file of the largest size is fetched whole, a larger one is not', async () => {
  const url = fake.host('/a', { body: BYTES })
  expect(await fetchFrom(url)).toEqual({ bytes: Buffer.from(BYTES) })
  expect(await fetchFrom(url, 3)).toBe('tooLarge')
  const large = fake.host('/b', { body: new Uint8Array(3_000_000) })
  expect(await fetchFrom(large)).toBe('tooLarge')
})

test.each([
  [403, 'gone'],
  [404, 'gone'],
  [410, 'gone'],
  [204, 'gone'],
  [429, 'later'],
  [500, 'later'],
  [503, 'later'],
] as const)('status %d means %s', async (status, outcome) => {
  expect(await fetchFrom(fake.host('/a', { status }))).toBe(outcome)
})

test('a host that cannot be reached, or does not answer, is tried later', async () => {
  expect(await fetchFrom('http://127.0.0.1:1/a')).toBe('later')
  for (const url of ['https://zalo.invalid/a', 'https://f1.zalo.invalid/a', 'http://zalo.invalid/a'])
    expect(await download({ url, hosts: ['zdn.vn', 'zalo.invalid'], maxBytes: 4, forMs: 300 })).toBe('later')
})

test.each([
  'https://example.com/a',
  'https://evilzdn.vn/a',
  'https://zdn.vn.example.com/a',
  'https://user@f1.zdn.vn/a',
  'https://:pass@f1.zdn.vn/a',
  'file:///etc/passwd',
  'ftp://zdn.vn/a',
  'http://[::1]/a',
  'http://127.1.1.1/a',
  'http://2130706434/a',
  'no address at all',
  '',
])('%s is not asked for anything', async (url) => {
  expect(await fetchFrom(url)).toBe('gone')
  expect(fake.asked).toEqual([])
})

test('a listed name that leads to a machine of ours is not asked for anything', async () => {
  const { port } = new URL(fake.cdnRoot)
  for (const scheme of ['http', 'https']) {
    const url = `${scheme}://localhost:${port}/a`
    expect(await download({ url, hosts: ['localhost'], maxBytes: 4, forMs: 300 })).toBe('gone')
  }
  expect(fake.asked).toEqual([])
})

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fd00::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:a00:1',
])('%s is a machine of ours', (address) => {
  expect(isPublic(address)).toBe(false)
})

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '198.20.0.1', '2001:4860:4860::8888'])(
  '%s is a machine of everybody',
  (address) => {
    expect(isPublic(address)).toBe(true)
  },
)

test('two redirections are followed, a third is not', async () => {
  fake.host('/d', { body: BYTES })
  for (const [from, to] of ['ab', 'bc', 'cd'])
    fake.host(`/${from}`, { status: 302, headers: { location: `/${to}` } })
  expect(await fetchFrom(`${fake.cdnRoot}/b`)).toEqual({ bytes: Buffer.from(BYTES) })
  expect(await fetchFrom(`${fake.cdnRoot}/a`)).toBe('gone')
})

test.each(['https://example.com/a', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'http://:'])(
  'a redirection to %s is not followed',
  async (location) => {
    expect(await fetchFrom(fake.host('/a', { status: 302, headers: { location } }))).toBe('gone')
  },
)

test('a redirection to nowhere is no file', async () => {
  expect(await fetchFrom(fake.host('/a', { status: 302 }))).toBe('gone')
})
