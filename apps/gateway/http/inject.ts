import { Inject } from '@nestjs/common';

export const RUNTIME = Symbol('RUNTIME');
export const LOGGER = Symbol('LOGGER');

/** The parts that were built at start. */
export const InjectRuntime = (): ParameterDecorator => Inject(RUNTIME);
export const InjectLogger = (): ParameterDecorator => Inject(LOGGER);
