// A new customer.
import { IsArray, IsEmail, IsIn, IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator'

/** The body of POST /customers. */
export class CreateCustomerDto {
  @IsString()
  @MaxLength(200)
  company!: string

  @IsString()
  @MaxLength(200)
  name!: string

  @IsEmail()
  email!: string

  @IsOptional()
  @Matches(/^[+0-9 ()-]{7,20}$/)
  phone?: string

  @IsOptional()
  @IsIn(['ko', 'en'])
  language?: 'ko' | 'en'

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  tags?: string[]

  @IsOptional()
  @IsObject()
  address?: { city: string; street: string; postalCode: string }
}
