import { AppsController } from './apps.controller.js';
import { AttentionController } from './attention.controller.js';
import { AuditController } from './audit.controller.js';
import { OperatorsController } from './operators.controller.js';
import { OperatorPlatformsController } from './platforms.controller.js';
import { QueuesController } from './queues.controller.js';
import { SessionController } from './session.controller.js';
import { SignInController } from './sign-in.controller.js';
import { StopsController } from './stops.controller.js';
import { StoreActionsController } from './store-actions.controller.js';
import { OperatorStoresController } from './stores.controller.js';
import { TokensController } from './tokens.controller.js';

/** Everything under `/ops`. */
export const OPERATOR_CONTROLLERS = [
  SignInController,
  SessionController,
  AttentionController,
  OperatorStoresController,
  StoreActionsController,
  OperatorPlatformsController,
  TokensController,
  QueuesController,
  AppsController,
  OperatorsController,
  AuditController,
  StopsController,
];
