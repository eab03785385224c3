import {createBindingFromClass, type Binding} from '@loopback/core';
import {ChatServiceBindings} from '../../keys';
import {ChannelsStep} from './channels.step';
import {ContactsStep} from './contacts.step';
import {FilesStep} from './files.step';
import {LogsStep} from './logs.step';
import {MembershipsStep} from './memberships.step';
import {MessagesStep} from './messages.step';
import {NotificationsStep} from './notifications.step';
import {ReactionsStep} from './reactions.step';
import {RecipientsStep} from './recipients.step';
import {UserDataService} from './user-data.service';
import {UserExport} from './user-export';

/** Makes the bindings of the service that erases and exports users. */
export function userDataBindings(): Binding[] {
  return [
    createBindingFromClass(UserDataService, {
      key: ChatServiceBindings.UserDataService,
    }),
    createBindingFromClass(UserExport, {key: 'chat.userExport'}),
    ...Object.entries({
      memberships: MembershipsStep,
      channels: ChannelsStep,
      messages: MessagesStep,
      reactions: ReactionsStep,
      recipients: RecipientsStep,
      files: FilesStep,
      contacts: ContactsStep,
      notifications: NotificationsStep,
      logs: LogsStep,
    }).map(([name, step]) =>
      createBindingFromClass<unknown>(step, {key: `chat.erasure.${name}`}),
    ),
  ];
}
