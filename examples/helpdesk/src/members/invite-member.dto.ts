// Somebody who is to join the workspace.
import { IsEmail, IsIn, IsString, MaxLength } from 'class-validator'

/** The body of POST /members. */
export class InviteMemberDto {
  @IsString()
  @MaxLength(100)
  name!: string

  @IsEmail()
  email!: string

  @IsIn(['admin', 'agent'])
  role!: 'admin' | 'agent'
}
