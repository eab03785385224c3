import type {ControllerClass} from '@loopback/core';
import {MessageController} from './message.controller';

export {MessageController};

/** Every controller of the component. */
export const CHAT_CONTROLLERS: readonly ControllerClass[] = [MessageController];
