import type {ControllerClass} from '@loopback/core';
import {AttachmentFileController} from './attachment-file.controller';
import {ContactRequestController} from './contact-request.controller';
import {ContactController} from './contact.controller';
import {MessageMessageRecipientController} from './message-message-recipient.controller';
import {MessageMessageController} from './message-message.controller';
import {MessageRecipientMessageController} from './message-recipient-message.controller';
import {MessageRecipientController} from './message-recipient.controller';
import {MessageController} from './message.controller';
import {NotificationController} from './notification.controller';

/** Every controller of the component. */
export const CHAT_CONTROLLERS: readonly ControllerClass[] = [
  MessageController,
  MessageMessageController,
  MessageMessageRecipientController,
  MessageRecipientController,
  MessageRecipientMessageController,
  AttachmentFileController,
  ContactController,
  ContactRequestController,
  NotificationController,
];
