import { z } from 'zod'

/** What a person, an office, a pack and a group may be called in files and commands: "mot-cua". */
export const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'mot-cua')
