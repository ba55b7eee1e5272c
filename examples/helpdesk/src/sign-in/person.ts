// Who is asking: a member, a customer who came through the portal, or one of our own programs.
import { createParamDecorator, type ExecutionContext, ForbiddenException, SetMetadata } from '@nestjs/common'
import type { Actor } from '@steward/trail'
import { type Program, programs } from './programs.ts'

/** Somebody of a workspace, by its id; `slug` is its address, by which people know it. */
type OfWorkspace = { id: string; name: string; workspace: string; slug: string }

/** A signed-in member of a workspace. */
export type MemberPerson = OfWorkspace & { kind: 'member'; role: 'admin' | 'agent' }

/** A customer, for whom the portal speaks. */
export type CustomerPerson = OfWorkspace & { kind: 'customer' }

/** One of our own programs: the mail gateway, the payment provider's callbacks. It works for all workspaces. */
export type ProgramPerson = { kind: 'program'; id: Program; workspace: null }

/** Whoever has signed in. */
export type Person = MemberPerson | CustomerPerson | ProgramPerson

/** A request after the guard. */
export type SignedInRequest = {
  person?: Person
  headers: Record<string, string | string[] | undefined>
  body?: unknown
}

/** The person of the request, as an argument of a handler. */
export const SignedIn = createParamDecorator<undefined, Person | undefined>(
  (_nothing: undefined, context: ExecutionContext) => context.switchToHttp().getRequest<SignedInRequest>().person,
)

/** The same where only members are let in. */
export const SignedInMember = createParamDecorator<undefined, MemberPerson>(
  (_nothing: undefined, context: ExecutionContext) => {
    const { person } = context.switchToHttp().getRequest<SignedInRequest>()
    if (person?.kind !== 'member') throw new ForbiddenException('Only a member of the workspace may do this.')
    return person
  },
)

/** Marks a handler that only admins of a workspace may call. */
export const AdminOnly = () => SetMetadata(adminOnly, true)

/** Where the mark of `AdminOnly` is kept. */
export const adminOnly = 'helpdesk admin only'

/**
 * The person as the trail writes them down: members and customers are users, whose ids must not meet. Whoever reads it in
 * a year wants to know whose people they were, too: “김하나 (admin of acme)”.
 */
export function actorOf(person: Person): Actor {
  if (person.kind === 'program') return { type: 'service', id: person.id, name: programs[person.id] }
  const { kind, id, name, slug } = person
  return { type: 'user', id: `${kind}:${id}`, name: `${name} (${kind === 'member' ? person.role : kind} of ${slug})` }
}
