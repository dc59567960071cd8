export { type AlertHook, createAlertHook } from './alert-hook.js';
export { ALERTS, conditionsOf } from './conditions.js';
export { tellOperator } from './tell-operator.js';
