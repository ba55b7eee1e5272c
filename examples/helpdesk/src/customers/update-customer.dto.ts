// What may be changed of a customer; what is not there stays.
import { IsArray, IsEmail, IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator'

/** The body of PATCH /customers/:id. */
export class UpdateCustomerDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  company?: string

  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string

  @IsOptional()
  @IsEmail()
  email?: string

  @IsOptional()
  @Matches(/^[+0-9 ()-]{7,20}$/)
  phone?: string

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  tags?: string[]

  @IsOptional()
  @IsObject()
  address?: { city: string; street: string; postalCode: string }

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  internalNote?: string
}
