// Gives every module the same clock.
import { type DynamicModule, Module } from '@nestjs/common'
import { Clock } from './clock.ts'

@Module({})
export class ClockModule {
  static with(clock: Clock): DynamicModule {
    const providers = [{ provide: Clock, useValue: clock }]
    return { module: ClockModule, global: true, providers, exports: [Clock] }
  }
}
