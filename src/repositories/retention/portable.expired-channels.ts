import type {ChannelRepository} from '../channel.repository';
import type {MessageRepository} from '../message.repository';
import type {ExpiredChannels, TimeSpan} from './expired-channels';

/** {@link ExpiredChannels} by plain calls, for connectors without SQL. */
export class PortableExpiredChannels implements ExpiredChannels {
  constructor(
    private readonly channels: ChannelRepository,
    private readonly messages: MessageRepository,
  ) {}

  async *ofType(type: string, {until}: TimeSpan): AsyncGenerator<string[]> {
    const channels = await this.channels.find({where: {type}});
    for (const {id} of channels) {
      const {count} = await this.messages.count({
        channelId: id,
        deleted: false,
        createdOn: {lt: until},
      });
      if (count) yield [id];
    }
  }
}
