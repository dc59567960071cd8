import { Inject } from '@nestjs/common';

export const RUNTIME = Symbol('RUNTIME');
export const LOGGER = Symbol('LOGGER');
export const AUTHORIZATION_SERVER = Symbol('AUTHORIZATION_SERVER');

/** The parts that were built at start. */
export const InjectRuntime = (): ParameterDecorator => Inject(RUNTIME);
export const InjectAuthorizationServer = (): ParameterDecorator => Inject(AUTHORIZATION_SERVER);
export const InjectLogger = (): ParameterDecorator => Inject(LOGGER);
