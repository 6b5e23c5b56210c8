import { coordinatorOf } from './charge.ts'
import type { Say } from './say.ts'
import type { Effect, World } from './talk.ts'

/** "gửi tệp": how a file gets here, straight, by a link, or not from this channel. */
export function describeUpload({ takesFiles = true, canLink = false, office, me }: World): Say {
  if (takesFiles) return { key: 'upload.here' }
  if (canLink) return { key: 'upload.link' }
  const coordinator = coordinatorOf(office)
  return coordinator.id === me.id
    ? { key: 'upload.elsewhere' }
    : { key: 'upload.nowhere', values: { person: coordinator.name } }
}

/** Words that tell of a link go out with one. */
export function withLink(effects: readonly Effect[]): readonly Effect[] {
  return effects.map((effect) =>
    effect.type === 'say' && effect.says.some(({ key }) => key === 'upload.link')
      ? { ...effect, link: 'upload' }
      : effect,
  )
}
