// Finds out who a request is from: by the token of a member, or by the key of one of our programs.
import { createHash } from 'node:crypto'
import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { DataSource } from 'typeorm'
import { Customer } from '../customers/customer.entity.ts'
import { Member } from '../members/member.entity.ts'
import { Workspace } from '../workspaces/workspace.entity.ts'
import { adminOnly, type Person, type SignedInRequest } from './person.ts'

/** The keys of those of our programs that come in over HTTP. */
export type ProgramKeys = Readonly<Record<ProgramAtTheDoor, string>>

type ProgramAtTheDoor = 'portal' | 'mail' | 'payments'

const programsAtTheDoor: readonly ProgramAtTheDoor[] = ['portal', 'mail', 'payments']

/** By which the keys are injected. */
export const programKeys = Symbol('keys of our programs')

/** Lets in who is known, and puts them on the request before the trail asks for them. */
@Injectable()
export class SignInGuard implements CanActivate {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reflector: Reflector,
    @Inject(programKeys) private readonly keys: ProgramKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>()
    const person = await this.find(request)
    if (person === null) throw new UnauthorizedException('Who are you? Send a token: Authorization: Bearer …')
    const isForAdmins = this.reflector.get<boolean | undefined>(adminOnly, context.getHandler())
    if (isForAdmins && !(person.kind === 'member' && person.role === 'admin')) {
      throw new ForbiddenException('Only an admin of the workspace may do this.')
    }
    request.person = person
    return true
  }

  private async find({ headers }: SignedInRequest): Promise<Person | null> {
    const [, token] = /^Bearer (\S+)$/.exec(String(headers['authorization'] ?? '')) ?? []
    if (token === undefined) return null
    const program = programsAtTheDoor.find((name) => this.keys[name] === token)
    if (program === undefined) return this.findMember(token)
    const customer = headers['x-customer']
    if (program === 'portal' && typeof customer === 'string') return this.findCustomer(customer)
    return { kind: 'program', id: program, workspace: null }
  }

  private async findMember(token: string): Promise<Person | null> {
    const tokenHash = createHash('sha256').update(token).digest('hex')
    const member = await this.dataSource.manager.findOneBy(Member, { tokenHash })
    if (member === null || member.leftAt !== null) return null
    const { id, name, workspaceId, role } = member
    return { kind: 'member', id, name, role, ...(await this.workspace(workspaceId)) }
  }

  private async findCustomer(id: string): Promise<Person | null> {
    const customer = await this.dataSource.manager.findOneBy(Customer, { id, state: 'active' })
    if (customer === null) return null
    return { kind: 'customer', id, name: customer.name, ...(await this.workspace(customer.workspaceId)) }
  }

  private async workspace(id: string): Promise<{ workspace: string; slug: string }> {
    const { slug } = await this.dataSource.manager.findOneByOrFail(Workspace, { id })
    return { workspace: id, slug }
  }
}
