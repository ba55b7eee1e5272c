// What an admin may change of the subscription.
import { IsEnum, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import type { Plan } from './price-list.ts'

/** The body of PATCH /subscription. */
export class ChangePlanDto {
  @IsOptional()
  @IsEnum(['starter', 'team', 'business'])
  plan?: Plan

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5000)
  seats?: number

  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string
}
