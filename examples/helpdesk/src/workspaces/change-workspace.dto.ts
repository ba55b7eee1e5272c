// What an admin may change of the workspace.
import { IsObject, IsOptional, IsString, MaxLength, MinLength } from 'class-validator'

/** The body of PATCH /workspace. */
export class ChangeWorkspaceDto {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name?: string

  @IsOptional()
  @IsObject()
  settings?: Record<string, unknown>
}
