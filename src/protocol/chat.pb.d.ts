import * as $protobuf from "protobufjs";

/** Namespace loopback4. */
export namespace loopback4 {

    /** Namespace chat. */
    namespace chat {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a User.
             * @deprecated Use loopback4.chat.v1.User.$Properties instead.
             */
            interface IUser extends loopback4.chat.v1.User.$Properties {
            }

            /** Represents a User. */
            class User {

                /**
                 * Constructs a new User.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.User.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** User id. */
                id: string;

                /** User account. */
                account: string;

                /** User avatar. */
                avatar: string;

                /** User email. */
                email: string;

                /** User regisTime. */
                regisTime: number;

                /** User updateTime. */
                updateTime: number;

                /**
                 * Encodes the specified User message. Does not implicitly {@link loopback4.chat.v1.User.verify|verify} messages.
                 * @param message User message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.User.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a User message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.User & loopback4.chat.v1.User.$Shape} User
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.User & loopback4.chat.v1.User.$Shape;

                /**
                 * Verifies a User message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace User {

                /** Properties of a User. */
                interface $Properties {

                    /** User id */
                    id?: (string|null);

                    /** User account */
                    account?: (string|null);

                    /** User avatar */
                    avatar?: (string|null);

                    /** User email */
                    email?: (string|null);

                    /** User regisTime */
                    regisTime?: (number|null);

                    /** User updateTime */
                    updateTime?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a User. */
                type $Shape = loopback4.chat.v1.User.$Properties;
            }

            /**
             * Properties of a ReactionCount.
             * @deprecated Use loopback4.chat.v1.ReactionCount.$Properties instead.
             */
            interface IReactionCount extends loopback4.chat.v1.ReactionCount.$Properties {
            }

            /** Represents a ReactionCount. */
            class ReactionCount {

                /**
                 * Constructs a new ReactionCount.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.ReactionCount.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReactionCount emoji. */
                emoji: string;

                /** ReactionCount userIds. */
                userIds: string[];

                /**
                 * Encodes the specified ReactionCount message. Does not implicitly {@link loopback4.chat.v1.ReactionCount.verify|verify} messages.
                 * @param message ReactionCount message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.ReactionCount.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReactionCount message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.ReactionCount & loopback4.chat.v1.ReactionCount.$Shape} ReactionCount
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.ReactionCount & loopback4.chat.v1.ReactionCount.$Shape;

                /**
                 * Verifies a ReactionCount message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace ReactionCount {

                /** Properties of a ReactionCount. */
                interface $Properties {

                    /** ReactionCount emoji */
                    emoji?: (string|null);

                    /** ReactionCount userIds */
                    userIds?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReactionCount. */
                type $Shape = loopback4.chat.v1.ReactionCount.$Properties;
            }

            /**
             * Properties of a Message.
             * @deprecated Use loopback4.chat.v1.Message.$Properties instead.
             */
            interface IMessage extends loopback4.chat.v1.Message.$Properties {
            }

            /** Represents a Message. */
            class Message {

                /**
                 * Constructs a new Message.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.Message.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Message id. */
                id: string;

                /** Message session. */
                session: loopback4.chat.v1.Message.Session;

                /** Message sender. */
                sender?: (loopback4.chat.v1.User.$Properties|null);

                /** Message receiver. */
                receiver: string;

                /** Message status. */
                status: loopback4.chat.v1.Message.Status;

                /** Message timer. */
                timer: string;

                /** Message ext. */
                ext: string;

                /** Message type. */
                type: loopback4.chat.v1.Message.Type;

                /** Message text. */
                text: string;

                /** Message image. */
                image: string;

                /** Message media. */
                media: string;

                /** Message channelId. */
                channelId: string;

                /** Message channelType. */
                channelType: string;

                /** Message subject. */
                subject: string;

                /** Message seq. */
                seq: number;

                /** Message changeSeq. */
                changeSeq: number;

                /** Message createdAt. */
                createdAt: number;

                /** Message editedAt. */
                editedAt: number;

                /** Message deleted. */
                deleted: boolean;

                /** Message parentMessageId. */
                parentMessageId: string;

                /** Message attachmentIds. */
                attachmentIds: string[];

                /** Message mentions. */
                mentions: string[];

                /** Message forwardedFrom. */
                forwardedFrom: string;

                /** Message reactions. */
                reactions: loopback4.chat.v1.ReactionCount.$Properties[];

                /**
                 * Encodes the specified Message message. Does not implicitly {@link loopback4.chat.v1.Message.verify|verify} messages.
                 * @param message Message message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Message message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.Message & loopback4.chat.v1.Message.$Shape} Message
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.Message & loopback4.chat.v1.Message.$Shape;

                /**
                 * Verifies a Message message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Message {

                /** Properties of a Message. */
                interface $Properties {

                    /** Message id */
                    id?: (string|null);

                    /** Message session */
                    session?: (loopback4.chat.v1.Message.Session|null);

                    /** Message sender */
                    sender?: (loopback4.chat.v1.User.$Properties|null);

                    /** Message receiver */
                    receiver?: (string|null);

                    /** Message status */
                    status?: (loopback4.chat.v1.Message.Status|null);

                    /** Message timer */
                    timer?: (string|null);

                    /** Message ext */
                    ext?: (string|null);

                    /** Message type */
                    type?: (loopback4.chat.v1.Message.Type|null);

                    /** Message text */
                    text?: (string|null);

                    /** Message image */
                    image?: (string|null);

                    /** Message media */
                    media?: (string|null);

                    /** Message channelId */
                    channelId?: (string|null);

                    /** Message channelType */
                    channelType?: (string|null);

                    /** Message subject */
                    subject?: (string|null);

                    /** Message seq */
                    seq?: (number|null);

                    /** Message changeSeq */
                    changeSeq?: (number|null);

                    /** Message createdAt */
                    createdAt?: (number|null);

                    /** Message editedAt */
                    editedAt?: (number|null);

                    /** Message deleted */
                    deleted?: (boolean|null);

                    /** Message parentMessageId */
                    parentMessageId?: (string|null);

                    /** Message attachmentIds */
                    attachmentIds?: (string[]|null);

                    /** Message mentions */
                    mentions?: (string[]|null);

                    /** Message forwardedFrom */
                    forwardedFrom?: (string|null);

                    /** Message reactions */
                    reactions?: (loopback4.chat.v1.ReactionCount.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Message. */
                type $Shape = loopback4.chat.v1.Message.$Properties;

                /** Session enum. */
                enum Session {

                    /** SESSION_UNSPECIFIED value */
                    SESSION_UNSPECIFIED = 0,

                    /** SINGLE value */
                    SINGLE = 1,

                    /** GROUP value */
                    GROUP = 2,

                    /** CHANNEL value */
                    CHANNEL = 3
                }

                /** Status enum. */
                enum Status {

                    /** STATUS_UNSPECIFIED value */
                    STATUS_UNSPECIFIED = 0,

                    /** INITIAL value */
                    INITIAL = 1,

                    /** RECEIVED value */
                    RECEIVED = 2,

                    /** READ value */
                    READ = 3
                }

                /** Type enum. */
                enum Type {

                    /** TYPE_UNSPECIFIED value */
                    TYPE_UNSPECIFIED = 0,

                    /** TEXT value */
                    TEXT = 1,

                    /** IMAGE value */
                    IMAGE = 2,

                    /** VIDEO value */
                    VIDEO = 3,

                    /** AUDIO value */
                    AUDIO = 4,

                    /** FILE value */
                    FILE = 5,

                    /** SYSTEM value */
                    SYSTEM = 6
                }
            }

            /**
             * Properties of a MessageEdit.
             * @deprecated Use loopback4.chat.v1.MessageEdit.$Properties instead.
             */
            interface IMessageEdit extends loopback4.chat.v1.MessageEdit.$Properties {
            }

            /** Represents a MessageEdit. */
            class MessageEdit {

                /**
                 * Constructs a new MessageEdit.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.MessageEdit.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** MessageEdit channelId. */
                channelId: string;

                /** MessageEdit messageId. */
                messageId: string;

                /** MessageEdit text. */
                text: string;

                /** MessageEdit ext. */
                ext: string;

                /** MessageEdit changeSeq. */
                changeSeq: number;

                /** MessageEdit editedAt. */
                editedAt: number;

                /** MessageEdit attachmentIds. */
                attachmentIds: string[];

                /** MessageEdit subject. */
                subject: string;

                /**
                 * Encodes the specified MessageEdit message. Does not implicitly {@link loopback4.chat.v1.MessageEdit.verify|verify} messages.
                 * @param message MessageEdit message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.MessageEdit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MessageEdit message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.MessageEdit & loopback4.chat.v1.MessageEdit.$Shape} MessageEdit
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.MessageEdit & loopback4.chat.v1.MessageEdit.$Shape;

                /**
                 * Verifies a MessageEdit message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace MessageEdit {

                /** Properties of a MessageEdit. */
                interface $Properties {

                    /** MessageEdit channelId */
                    channelId?: (string|null);

                    /** MessageEdit messageId */
                    messageId?: (string|null);

                    /** MessageEdit text */
                    text?: (string|null);

                    /** MessageEdit ext */
                    ext?: (string|null);

                    /** MessageEdit changeSeq */
                    changeSeq?: (number|null);

                    /** MessageEdit editedAt */
                    editedAt?: (number|null);

                    /** MessageEdit attachmentIds */
                    attachmentIds?: (string[]|null);

                    /** MessageEdit subject */
                    subject?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a MessageEdit. */
                type $Shape = loopback4.chat.v1.MessageEdit.$Properties;
            }

            /**
             * Properties of a MessageDelete.
             * @deprecated Use loopback4.chat.v1.MessageDelete.$Properties instead.
             */
            interface IMessageDelete extends loopback4.chat.v1.MessageDelete.$Properties {
            }

            /** Represents a MessageDelete. */
            class MessageDelete {

                /**
                 * Constructs a new MessageDelete.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.MessageDelete.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** MessageDelete channelId. */
                channelId: string;

                /** MessageDelete messageId. */
                messageId: string;

                /** MessageDelete changeSeq. */
                changeSeq: number;

                /** MessageDelete deletedAt. */
                deletedAt: number;

                /** MessageDelete deletedBy. */
                deletedBy: string;

                /**
                 * Encodes the specified MessageDelete message. Does not implicitly {@link loopback4.chat.v1.MessageDelete.verify|verify} messages.
                 * @param message MessageDelete message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.MessageDelete.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MessageDelete message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.MessageDelete & loopback4.chat.v1.MessageDelete.$Shape} MessageDelete
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.MessageDelete & loopback4.chat.v1.MessageDelete.$Shape;

                /**
                 * Verifies a MessageDelete message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace MessageDelete {

                /** Properties of a MessageDelete. */
                interface $Properties {

                    /** MessageDelete channelId */
                    channelId?: (string|null);

                    /** MessageDelete messageId */
                    messageId?: (string|null);

                    /** MessageDelete changeSeq */
                    changeSeq?: (number|null);

                    /** MessageDelete deletedAt */
                    deletedAt?: (number|null);

                    /** MessageDelete deletedBy */
                    deletedBy?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a MessageDelete. */
                type $Shape = loopback4.chat.v1.MessageDelete.$Properties;
            }

            /**
             * Properties of a Reaction.
             * @deprecated Use loopback4.chat.v1.Reaction.$Properties instead.
             */
            interface IReaction extends loopback4.chat.v1.Reaction.$Properties {
            }

            /** Represents a Reaction. */
            class Reaction {

                /**
                 * Constructs a new Reaction.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.Reaction.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Reaction channelId. */
                channelId: string;

                /** Reaction messageId. */
                messageId: string;

                /** Reaction emoji. */
                emoji: string;

                /** Reaction removed. */
                removed: boolean;

                /** Reaction userId. */
                userId: string;

                /** Reaction changeSeq. */
                changeSeq: number;

                /**
                 * Encodes the specified Reaction message. Does not implicitly {@link loopback4.chat.v1.Reaction.verify|verify} messages.
                 * @param message Reaction message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.Reaction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reaction message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.Reaction & loopback4.chat.v1.Reaction.$Shape} Reaction
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.Reaction & loopback4.chat.v1.Reaction.$Shape;

                /**
                 * Verifies a Reaction message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Reaction {

                /** Properties of a Reaction. */
                interface $Properties {

                    /** Reaction channelId */
                    channelId?: (string|null);

                    /** Reaction messageId */
                    messageId?: (string|null);

                    /** Reaction emoji */
                    emoji?: (string|null);

                    /** Reaction removed */
                    removed?: (boolean|null);

                    /** Reaction userId */
                    userId?: (string|null);

                    /** Reaction changeSeq */
                    changeSeq?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Reaction. */
                type $Shape = loopback4.chat.v1.Reaction.$Properties;
            }

            /**
             * Properties of a Cursor.
             * @deprecated Use loopback4.chat.v1.Cursor.$Properties instead.
             */
            interface ICursor extends loopback4.chat.v1.Cursor.$Properties {
            }

            /** Represents a Cursor. */
            class Cursor {

                /**
                 * Constructs a new Cursor.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.Cursor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Cursor channelId. */
                channelId: string;

                /** Cursor seq. */
                seq: number;

                /** Cursor userId. */
                userId: string;

                /**
                 * Encodes the specified Cursor message. Does not implicitly {@link loopback4.chat.v1.Cursor.verify|verify} messages.
                 * @param message Cursor message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.Cursor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Cursor message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.Cursor & loopback4.chat.v1.Cursor.$Shape} Cursor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.Cursor & loopback4.chat.v1.Cursor.$Shape;

                /**
                 * Verifies a Cursor message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Cursor {

                /** Properties of a Cursor. */
                interface $Properties {

                    /** Cursor channelId */
                    channelId?: (string|null);

                    /** Cursor seq */
                    seq?: (number|null);

                    /** Cursor userId */
                    userId?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Cursor. */
                type $Shape = loopback4.chat.v1.Cursor.$Properties;
            }

            /**
             * Properties of a Typing.
             * @deprecated Use loopback4.chat.v1.Typing.$Properties instead.
             */
            interface ITyping extends loopback4.chat.v1.Typing.$Properties {
            }

            /** Represents a Typing. */
            class Typing {

                /**
                 * Constructs a new Typing.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.Typing.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Typing channelId. */
                channelId: string;

                /** Typing userId. */
                userId: string;

                /** Typing typing. */
                typing: boolean;

                /**
                 * Encodes the specified Typing message. Does not implicitly {@link loopback4.chat.v1.Typing.verify|verify} messages.
                 * @param message Typing message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.Typing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Typing message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.Typing & loopback4.chat.v1.Typing.$Shape} Typing
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.Typing & loopback4.chat.v1.Typing.$Shape;

                /**
                 * Verifies a Typing message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Typing {

                /** Properties of a Typing. */
                interface $Properties {

                    /** Typing channelId */
                    channelId?: (string|null);

                    /** Typing userId */
                    userId?: (string|null);

                    /** Typing typing */
                    typing?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Typing. */
                type $Shape = loopback4.chat.v1.Typing.$Properties;
            }

            /**
             * Properties of a Notify.
             * @deprecated Use loopback4.chat.v1.Notify.$Properties instead.
             */
            interface INotify extends loopback4.chat.v1.Notify.$Properties {
            }

            /** Represents a Notify. */
            class Notify {

                /**
                 * Constructs a new Notify.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.Notify.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Notify id. */
                id: string;

                /** Notify type. */
                type: loopback4.chat.v1.Notify.Type;

                /** Notify sender. */
                sender?: (loopback4.chat.v1.User.$Properties|null);

                /** Notify receiver. */
                receiver: string;

                /** Notify status. */
                status: loopback4.chat.v1.Notify.Status;

                /** Notify timer. */
                timer: string;

                /** Notify remark. */
                remark: string;

                /** Notify ext. */
                ext: string;

                /** Notify channelId. */
                channelId: string;

                /**
                 * Encodes the specified Notify message. Does not implicitly {@link loopback4.chat.v1.Notify.verify|verify} messages.
                 * @param message Notify message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.Notify.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Notify message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.Notify & loopback4.chat.v1.Notify.$Shape} Notify
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.Notify & loopback4.chat.v1.Notify.$Shape;

                /**
                 * Verifies a Notify message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Notify {

                /** Properties of a Notify. */
                interface $Properties {

                    /** Notify id */
                    id?: (string|null);

                    /** Notify type */
                    type?: (loopback4.chat.v1.Notify.Type|null);

                    /** Notify sender */
                    sender?: (loopback4.chat.v1.User.$Properties|null);

                    /** Notify receiver */
                    receiver?: (string|null);

                    /** Notify status */
                    status?: (loopback4.chat.v1.Notify.Status|null);

                    /** Notify timer */
                    timer?: (string|null);

                    /** Notify remark */
                    remark?: (string|null);

                    /** Notify ext */
                    ext?: (string|null);

                    /** Notify channelId */
                    channelId?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Notify. */
                type $Shape = loopback4.chat.v1.Notify.$Properties;

                /** Type enum. */
                enum Type {

                    /** TYPE_UNSPECIFIED value */
                    TYPE_UNSPECIFIED = 0,

                    /** ADD_FRIEND value */
                    ADD_FRIEND = 1,

                    /** DEL_FRIEND value */
                    DEL_FRIEND = 2,

                    /** GROUP_INVITE value */
                    GROUP_INVITE = 3,

                    /** CUSTOM value */
                    CUSTOM = 100
                }

                /** Status enum. */
                enum Status {

                    /** STATUS_UNSPECIFIED value */
                    STATUS_UNSPECIFIED = 0,

                    /** INITIAL value */
                    INITIAL = 1,

                    /** RECEIVED value */
                    RECEIVED = 2,

                    /** READ value */
                    READ = 3,

                    /** FULFILLED value */
                    FULFILLED = 4,

                    /** REJECTED value */
                    REJECTED = 5
                }
            }

            /**
             * Properties of a ChannelMember.
             * @deprecated Use loopback4.chat.v1.ChannelMember.$Properties instead.
             */
            interface IChannelMember extends loopback4.chat.v1.ChannelMember.$Properties {
            }

            /** Represents a ChannelMember. */
            class ChannelMember {

                /**
                 * Constructs a new ChannelMember.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.ChannelMember.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ChannelMember userId. */
                userId: string;

                /** ChannelMember role. */
                role: string;

                /** ChannelMember receivedSeq. */
                receivedSeq: number;

                /** ChannelMember readSeq. */
                readSeq: number;

                /**
                 * Encodes the specified ChannelMember message. Does not implicitly {@link loopback4.chat.v1.ChannelMember.verify|verify} messages.
                 * @param message ChannelMember message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.ChannelMember.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChannelMember message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.ChannelMember & loopback4.chat.v1.ChannelMember.$Shape} ChannelMember
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.ChannelMember & loopback4.chat.v1.ChannelMember.$Shape;

                /**
                 * Verifies a ChannelMember message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace ChannelMember {

                /** Properties of a ChannelMember. */
                interface $Properties {

                    /** ChannelMember userId */
                    userId?: (string|null);

                    /** ChannelMember role */
                    role?: (string|null);

                    /** ChannelMember receivedSeq */
                    receivedSeq?: (number|null);

                    /** ChannelMember readSeq */
                    readSeq?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ChannelMember. */
                type $Shape = loopback4.chat.v1.ChannelMember.$Properties;
            }

            /**
             * Properties of a Channel.
             * @deprecated Use loopback4.chat.v1.Channel.$Properties instead.
             */
            interface IChannel extends loopback4.chat.v1.Channel.$Properties {
            }

            /** Represents a Channel. */
            class Channel {

                /**
                 * Constructs a new Channel.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.Channel.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Channel id. */
                id: string;

                /** Channel type. */
                type: string;

                /** Channel name. */
                name: string;

                /** Channel avatar. */
                avatar: string;

                /** Channel ownerId. */
                ownerId: string;

                /** Channel messageSeq. */
                messageSeq: number;

                /** Channel changeSeq. */
                changeSeq: number;

                /** Channel readSeq. */
                readSeq: number;

                /** Channel receivedSeq. */
                receivedSeq: number;

                /** Channel unread. */
                unread: number;

                /** Channel lastMessage. */
                lastMessage?: (loopback4.chat.v1.Message.$Properties|null);

                /** Channel members. */
                members: loopback4.chat.v1.ChannelMember.$Properties[];

                /**
                 * Encodes the specified Channel message. Does not implicitly {@link loopback4.chat.v1.Channel.verify|verify} messages.
                 * @param message Channel message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.Channel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Channel message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.Channel & loopback4.chat.v1.Channel.$Shape} Channel
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.Channel & loopback4.chat.v1.Channel.$Shape;

                /**
                 * Verifies a Channel message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Channel {

                /** Properties of a Channel. */
                interface $Properties {

                    /** Channel id */
                    id?: (string|null);

                    /** Channel type */
                    type?: (string|null);

                    /** Channel name */
                    name?: (string|null);

                    /** Channel avatar */
                    avatar?: (string|null);

                    /** Channel ownerId */
                    ownerId?: (string|null);

                    /** Channel messageSeq */
                    messageSeq?: (number|null);

                    /** Channel changeSeq */
                    changeSeq?: (number|null);

                    /** Channel readSeq */
                    readSeq?: (number|null);

                    /** Channel receivedSeq */
                    receivedSeq?: (number|null);

                    /** Channel unread */
                    unread?: (number|null);

                    /** Channel lastMessage */
                    lastMessage?: (loopback4.chat.v1.Message.$Properties|null);

                    /** Channel members */
                    members?: (loopback4.chat.v1.ChannelMember.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Channel. */
                type $Shape = loopback4.chat.v1.Channel.$Properties;
            }

            /**
             * Properties of a ChannelChange.
             * @deprecated Use loopback4.chat.v1.ChannelChange.$Properties instead.
             */
            interface IChannelChange extends loopback4.chat.v1.ChannelChange.$Properties {
            }

            /** Represents a ChannelChange. */
            class ChannelChange {

                /**
                 * Constructs a new ChannelChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.ChannelChange.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ChannelChange channelId. */
                channelId: string;

                /** ChannelChange kind. */
                kind: loopback4.chat.v1.ChannelChange.Kind;

                /** ChannelChange actor. */
                actor?: (loopback4.chat.v1.User.$Properties|null);

                /** ChannelChange userIds. */
                userIds: string[];

                /** ChannelChange role. */
                role: string;

                /** ChannelChange channel. */
                channel?: (loopback4.chat.v1.Channel.$Properties|null);

                /** ChannelChange changeSeq. */
                changeSeq: number;

                /**
                 * Encodes the specified ChannelChange message. Does not implicitly {@link loopback4.chat.v1.ChannelChange.verify|verify} messages.
                 * @param message ChannelChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.ChannelChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChannelChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.ChannelChange & loopback4.chat.v1.ChannelChange.$Shape} ChannelChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.ChannelChange & loopback4.chat.v1.ChannelChange.$Shape;

                /**
                 * Verifies a ChannelChange message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace ChannelChange {

                /** Properties of a ChannelChange. */
                interface $Properties {

                    /** ChannelChange channelId */
                    channelId?: (string|null);

                    /** ChannelChange kind */
                    kind?: (loopback4.chat.v1.ChannelChange.Kind|null);

                    /** ChannelChange actor */
                    actor?: (loopback4.chat.v1.User.$Properties|null);

                    /** ChannelChange userIds */
                    userIds?: (string[]|null);

                    /** ChannelChange role */
                    role?: (string|null);

                    /** ChannelChange channel */
                    channel?: (loopback4.chat.v1.Channel.$Properties|null);

                    /** ChannelChange changeSeq */
                    changeSeq?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ChannelChange. */
                type $Shape = loopback4.chat.v1.ChannelChange.$Properties;

                /** Kind enum. */
                enum Kind {

                    /** KIND_UNSPECIFIED value */
                    KIND_UNSPECIFIED = 0,

                    /** CREATED value */
                    CREATED = 1,

                    /** UPDATED value */
                    UPDATED = 2,

                    /** MEMBER_ADDED value */
                    MEMBER_ADDED = 3,

                    /** MEMBER_REMOVED value */
                    MEMBER_REMOVED = 4,

                    /** MEMBER_ROLE value */
                    MEMBER_ROLE = 5,

                    /** DELETED value */
                    DELETED = 6
                }
            }

            /**
             * Properties of a ChannelCursor.
             * @deprecated Use loopback4.chat.v1.ChannelCursor.$Properties instead.
             */
            interface IChannelCursor extends loopback4.chat.v1.ChannelCursor.$Properties {
            }

            /** Represents a ChannelCursor. */
            class ChannelCursor {

                /**
                 * Constructs a new ChannelCursor.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.ChannelCursor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ChannelCursor channelId. */
                channelId: string;

                /** ChannelCursor changeSeq. */
                changeSeq: number;

                /**
                 * Encodes the specified ChannelCursor message. Does not implicitly {@link loopback4.chat.v1.ChannelCursor.verify|verify} messages.
                 * @param message ChannelCursor message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.ChannelCursor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChannelCursor message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.ChannelCursor & loopback4.chat.v1.ChannelCursor.$Shape} ChannelCursor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.ChannelCursor & loopback4.chat.v1.ChannelCursor.$Shape;

                /**
                 * Verifies a ChannelCursor message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace ChannelCursor {

                /** Properties of a ChannelCursor. */
                interface $Properties {

                    /** ChannelCursor channelId */
                    channelId?: (string|null);

                    /** ChannelCursor changeSeq */
                    changeSeq?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ChannelCursor. */
                type $Shape = loopback4.chat.v1.ChannelCursor.$Properties;
            }

            /**
             * Properties of a SyncRequest.
             * @deprecated Use loopback4.chat.v1.SyncRequest.$Properties instead.
             */
            interface ISyncRequest extends loopback4.chat.v1.SyncRequest.$Properties {
            }

            /** Represents a SyncRequest. */
            class SyncRequest {

                /**
                 * Constructs a new SyncRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.SyncRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SyncRequest channels. */
                channels: loopback4.chat.v1.ChannelCursor.$Properties[];

                /** SyncRequest limit. */
                limit: number;

                /** SyncRequest pageToken. */
                pageToken: string;

                /**
                 * Encodes the specified SyncRequest message. Does not implicitly {@link loopback4.chat.v1.SyncRequest.verify|verify} messages.
                 * @param message SyncRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.SyncRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SyncRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.SyncRequest & loopback4.chat.v1.SyncRequest.$Shape} SyncRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.SyncRequest & loopback4.chat.v1.SyncRequest.$Shape;

                /**
                 * Verifies a SyncRequest message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace SyncRequest {

                /** Properties of a SyncRequest. */
                interface $Properties {

                    /** SyncRequest channels */
                    channels?: (loopback4.chat.v1.ChannelCursor.$Properties[]|null);

                    /** SyncRequest limit */
                    limit?: (number|null);

                    /** SyncRequest pageToken */
                    pageToken?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SyncRequest. */
                type $Shape = loopback4.chat.v1.SyncRequest.$Properties;
            }

            /**
             * Properties of a ChannelSync.
             * @deprecated Use loopback4.chat.v1.ChannelSync.$Properties instead.
             */
            interface IChannelSync extends loopback4.chat.v1.ChannelSync.$Properties {
            }

            /** Represents a ChannelSync. */
            class ChannelSync {

                /**
                 * Constructs a new ChannelSync.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.ChannelSync.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ChannelSync channel. */
                channel?: (loopback4.chat.v1.Channel.$Properties|null);

                /** ChannelSync messages. */
                messages: loopback4.chat.v1.Message.$Properties[];

                /** ChannelSync membersChanged. */
                membersChanged: boolean;

                /** ChannelSync changeSeq. */
                changeSeq: number;

                /** ChannelSync more. */
                more: boolean;

                /**
                 * Encodes the specified ChannelSync message. Does not implicitly {@link loopback4.chat.v1.ChannelSync.verify|verify} messages.
                 * @param message ChannelSync message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.ChannelSync.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChannelSync message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.ChannelSync & loopback4.chat.v1.ChannelSync.$Shape} ChannelSync
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.ChannelSync & loopback4.chat.v1.ChannelSync.$Shape;

                /**
                 * Verifies a ChannelSync message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace ChannelSync {

                /** Properties of a ChannelSync. */
                interface $Properties {

                    /** ChannelSync channel */
                    channel?: (loopback4.chat.v1.Channel.$Properties|null);

                    /** ChannelSync messages */
                    messages?: (loopback4.chat.v1.Message.$Properties[]|null);

                    /** ChannelSync membersChanged */
                    membersChanged?: (boolean|null);

                    /** ChannelSync changeSeq */
                    changeSeq?: (number|null);

                    /** ChannelSync more */
                    more?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ChannelSync. */
                type $Shape = loopback4.chat.v1.ChannelSync.$Properties;
            }

            /**
             * Properties of a SyncResponse.
             * @deprecated Use loopback4.chat.v1.SyncResponse.$Properties instead.
             */
            interface ISyncResponse extends loopback4.chat.v1.SyncResponse.$Properties {
            }

            /** Represents a SyncResponse. */
            class SyncResponse {

                /**
                 * Constructs a new SyncResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.SyncResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SyncResponse channels. */
                channels: loopback4.chat.v1.ChannelSync.$Properties[];

                /** SyncResponse nextPageToken. */
                nextPageToken: string;

                /**
                 * Encodes the specified SyncResponse message. Does not implicitly {@link loopback4.chat.v1.SyncResponse.verify|verify} messages.
                 * @param message SyncResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.SyncResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SyncResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.SyncResponse & loopback4.chat.v1.SyncResponse.$Shape} SyncResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.SyncResponse & loopback4.chat.v1.SyncResponse.$Shape;

                /**
                 * Verifies a SyncResponse message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace SyncResponse {

                /** Properties of a SyncResponse. */
                interface $Properties {

                    /** SyncResponse channels */
                    channels?: (loopback4.chat.v1.ChannelSync.$Properties[]|null);

                    /** SyncResponse nextPageToken */
                    nextPageToken?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SyncResponse. */
                type $Shape = loopback4.chat.v1.SyncResponse.$Properties;
            }

            /**
             * Properties of a PresenceQuery.
             * @deprecated Use loopback4.chat.v1.PresenceQuery.$Properties instead.
             */
            interface IPresenceQuery extends loopback4.chat.v1.PresenceQuery.$Properties {
            }

            /** Represents a PresenceQuery. */
            class PresenceQuery {

                /**
                 * Constructs a new PresenceQuery.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.PresenceQuery.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PresenceQuery userIds. */
                userIds: string[];

                /**
                 * Encodes the specified PresenceQuery message. Does not implicitly {@link loopback4.chat.v1.PresenceQuery.verify|verify} messages.
                 * @param message PresenceQuery message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.PresenceQuery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PresenceQuery message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.PresenceQuery & loopback4.chat.v1.PresenceQuery.$Shape} PresenceQuery
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.PresenceQuery & loopback4.chat.v1.PresenceQuery.$Shape;

                /**
                 * Verifies a PresenceQuery message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace PresenceQuery {

                /** Properties of a PresenceQuery. */
                interface $Properties {

                    /** PresenceQuery userIds */
                    userIds?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PresenceQuery. */
                type $Shape = loopback4.chat.v1.PresenceQuery.$Properties;
            }

            /**
             * Properties of a Presence.
             * @deprecated Use loopback4.chat.v1.Presence.$Properties instead.
             */
            interface IPresence extends loopback4.chat.v1.Presence.$Properties {
            }

            /** Represents a Presence. */
            class Presence {

                /**
                 * Constructs a new Presence.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.Presence.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Presence userId. */
                userId: string;

                /** Presence online. */
                online: boolean;

                /** Presence lastSeenAt. */
                lastSeenAt: number;

                /**
                 * Encodes the specified Presence message. Does not implicitly {@link loopback4.chat.v1.Presence.verify|verify} messages.
                 * @param message Presence message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.Presence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Presence message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.Presence & loopback4.chat.v1.Presence.$Shape} Presence
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.Presence & loopback4.chat.v1.Presence.$Shape;

                /**
                 * Verifies a Presence message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Presence {

                /** Properties of a Presence. */
                interface $Properties {

                    /** Presence userId */
                    userId?: (string|null);

                    /** Presence online */
                    online?: (boolean|null);

                    /** Presence lastSeenAt */
                    lastSeenAt?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Presence. */
                type $Shape = loopback4.chat.v1.Presence.$Properties;
            }

            /**
             * Properties of a PresenceList.
             * @deprecated Use loopback4.chat.v1.PresenceList.$Properties instead.
             */
            interface IPresenceList extends loopback4.chat.v1.PresenceList.$Properties {
            }

            /** Represents a PresenceList. */
            class PresenceList {

                /**
                 * Constructs a new PresenceList.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.PresenceList.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PresenceList presences. */
                presences: loopback4.chat.v1.Presence.$Properties[];

                /**
                 * Encodes the specified PresenceList message. Does not implicitly {@link loopback4.chat.v1.PresenceList.verify|verify} messages.
                 * @param message PresenceList message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.PresenceList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PresenceList message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.PresenceList & loopback4.chat.v1.PresenceList.$Shape} PresenceList
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.PresenceList & loopback4.chat.v1.PresenceList.$Shape;

                /**
                 * Verifies a PresenceList message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace PresenceList {

                /** Properties of a PresenceList. */
                interface $Properties {

                    /** PresenceList presences */
                    presences?: (loopback4.chat.v1.Presence.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PresenceList. */
                type $Shape = loopback4.chat.v1.PresenceList.$Properties;
            }

            /**
             * Properties of an Ack.
             * @deprecated Use loopback4.chat.v1.Ack.$Properties instead.
             */
            interface IAck extends loopback4.chat.v1.Ack.$Properties {
            }

            /** Represents an Ack. */
            class Ack {

                /**
                 * Constructs a new Ack.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: loopback4.chat.v1.Ack.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Ack statusCode. */
                statusCode: number;

                /** Ack code. */
                code: string;

                /** Ack message. */
                message: string;

                /** Ack id. */
                id: string;

                /** Ack channelId. */
                channelId: string;

                /** Ack seq. */
                seq: number;

                /** Ack changeSeq. */
                changeSeq: number;

                /** Ack createdAt. */
                createdAt: number;

                /**
                 * Encodes the specified Ack message. Does not implicitly {@link loopback4.chat.v1.Ack.verify|verify} messages.
                 * @param message Ack message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: loopback4.chat.v1.Ack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Ack message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {loopback4.chat.v1.Ack & loopback4.chat.v1.Ack.$Shape} Ack
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): loopback4.chat.v1.Ack & loopback4.chat.v1.Ack.$Shape;

                /**
                 * Verifies an Ack message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Ack {

                /** Properties of an Ack. */
                interface $Properties {

                    /** Ack statusCode */
                    statusCode?: (number|null);

                    /** Ack code */
                    code?: (string|null);

                    /** Ack message */
                    message?: (string|null);

                    /** Ack id */
                    id?: (string|null);

                    /** Ack channelId */
                    channelId?: (string|null);

                    /** Ack seq */
                    seq?: (number|null);

                    /** Ack changeSeq */
                    changeSeq?: (number|null);

                    /** Ack createdAt */
                    createdAt?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Ack. */
                type $Shape = loopback4.chat.v1.Ack.$Properties;
            }
        }
    }
}
