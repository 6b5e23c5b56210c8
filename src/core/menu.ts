import { isKeeper } from './account.ts'
import { hasRole, type Person } from './office.ts'
import type { SayKey } from './say.ts'

/** A command as a channel's own menu shows it, with the saying that tells what it does. */
export interface MenuItem {
  readonly command: string
  readonly key: Extract<SayKey, `menu.${string}`>
}

const START: MenuItem = { command: 'batdau', key: 'menu.start' }

/** What a person may ask for; who is not known here can only begin. Each is understood with a slash before it. */
export function menuFor(person: Person | undefined): readonly MenuItem[] {
  if (!person) return [START]
  return [
    START,
    { command: 'tiendo', key: 'menu.progress' },
    { command: 'lich', key: 'menu.agenda' },
    { command: 'boqua', key: 'menu.skip' },
    { command: 'hoantac', key: 'menu.undo' },
    { command: 'huy', key: 'menu.cancel' },
    { command: 'trogiup', key: 'menu.help' },
    { command: 'kenh', key: 'menu.channels' },
    ...(hasRole(person, 'chairman', 'coordinator') ? LEADING : []),
    ...(isKeeper(person) ? [{ command: 'tinchuaro', key: 'menu.unsure' } as const] : []),
  ]
}

const LEADING: readonly MenuItem[] = [
  { command: 'baocao', key: 'menu.report' },
  { command: 'sosanh', key: 'menu.compare' },
  { command: 'mauthuan', key: 'menu.contradictions' },
]
