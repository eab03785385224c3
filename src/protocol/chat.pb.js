/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
"use strict";

var $protobuf = require("protobufjs/minimal");

var $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
var $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $Array = $util.global.Array;

var $root = $protobuf.roots["loopback4chat"] || ($protobuf.roots["loopback4chat"] = {});

$root.loopback4 = (function() {

    var loopback4 = {};

    loopback4.chat = (function() {

        var chat = {};

        chat.v1 = (function() {

            var v1 = {};

            v1.User = (function() {

                var User = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                User.prototype.id = "";
                User.prototype.account = "";
                User.prototype.avatar = "";
                User.prototype.email = "";
                User.prototype.regisTime = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                User.prototype.updateTime = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                User.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.account != null && $Object.hasOwnProperty.call(message, "account") && message.account !== "")
                        writer.uint32(18).string(message.account);
                    if (message.avatar != null && $Object.hasOwnProperty.call(message, "avatar") && message.avatar !== "")
                        writer.uint32(26).string(message.avatar);
                    if (message.email != null && $Object.hasOwnProperty.call(message, "email") && message.email !== "")
                        writer.uint32(34).string(message.email);
                    if (message.regisTime != null && $Object.hasOwnProperty.call(message, "regisTime") && (typeof message.regisTime === "object" ? message.regisTime.low || message.regisTime.high : message.regisTime !== 0))
                        writer.uint32(40).int64(message.regisTime);
                    if (message.updateTime != null && $Object.hasOwnProperty.call(message, "updateTime") && (typeof message.updateTime === "object" ? message.updateTime.low || message.updateTime.high : message.updateTime !== 0))
                        writer.uint32(48).int64(message.updateTime);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                User.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.User();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.account = value;
                                else
                                    delete message.account;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.avatar = value;
                                else
                                    delete message.avatar;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.email = value;
                                else
                                    delete message.email;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.regisTime = value;
                                else
                                    delete message.regisTime;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.updateTime = value;
                                else
                                    delete message.updateTime;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                User.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        if (!$util.isString(message.id))
                            return "id: string expected";
                    if (message.account != null && $Object.hasOwnProperty.call(message, "account"))
                        if (!$util.isString(message.account))
                            return "account: string expected";
                    if (message.avatar != null && $Object.hasOwnProperty.call(message, "avatar"))
                        if (!$util.isString(message.avatar))
                            return "avatar: string expected";
                    if (message.email != null && $Object.hasOwnProperty.call(message, "email"))
                        if (!$util.isString(message.email))
                            return "email: string expected";
                    if (message.regisTime != null && $Object.hasOwnProperty.call(message, "regisTime"))
                        if (!$util.isInteger(message.regisTime) && !(message.regisTime && $util.isInteger(message.regisTime.low) && $util.isInteger(message.regisTime.high)))
                            return "regisTime: integer|Long expected";
                    if (message.updateTime != null && $Object.hasOwnProperty.call(message, "updateTime"))
                        if (!$util.isInteger(message.updateTime) && !(message.updateTime && $util.isInteger(message.updateTime.low) && $util.isInteger(message.updateTime.high)))
                            return "updateTime: integer|Long expected";
                    return null;
                };

                return User;
            })();

            v1.ReactionCount = (function() {

                var ReactionCount = function (properties) {
                    this.userIds = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ReactionCount.prototype.emoji = "";
                ReactionCount.prototype.userIds = $util.emptyArray;

                ReactionCount.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.emoji != null && $Object.hasOwnProperty.call(message, "emoji") && message.emoji !== "")
                        writer.uint32(10).string(message.emoji);
                    if (message.userIds != null && message.userIds.length)
                        for (var i = 0; i < message.userIds.length; ++i)
                            writer.uint32(18).string(message.userIds[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ReactionCount.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.ReactionCount();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.emoji = value;
                                else
                                    delete message.emoji;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.userIds && message.userIds.length))
                                    message.userIds = [];
                                message.userIds.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ReactionCount.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.emoji != null && $Object.hasOwnProperty.call(message, "emoji"))
                        if (!$util.isString(message.emoji))
                            return "emoji: string expected";
                    if (message.userIds != null && $Object.hasOwnProperty.call(message, "userIds")) {
                        if (!$Array.isArray(message.userIds))
                            return "userIds: array expected";
                        for (var i = 0; i < message.userIds.length; ++i)
                            if (!$util.isString(message.userIds[i]))
                                return "userIds: string[] expected";
                    }
                    return null;
                };

                return ReactionCount;
            })();

            v1.Message = (function() {

                var Message = function (properties) {
                    this.attachmentIds = [];
                    this.mentions = [];
                    this.reactions = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Message.prototype.id = "";
                Message.prototype.session = 0;
                Message.prototype.sender = null;
                Message.prototype.receiver = "";
                Message.prototype.status = 0;
                Message.prototype.timer = "";
                Message.prototype.ext = "";
                Message.prototype.type = 0;
                Message.prototype.text = "";
                Message.prototype.image = "";
                Message.prototype.media = "";
                Message.prototype.channelId = "";
                Message.prototype.channelType = "";
                Message.prototype.subject = "";
                Message.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Message.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Message.prototype.createdAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Message.prototype.editedAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Message.prototype.deleted = false;
                Message.prototype.parentMessageId = "";
                Message.prototype.attachmentIds = $util.emptyArray;
                Message.prototype.mentions = $util.emptyArray;
                Message.prototype.forwardedFrom = "";
                Message.prototype.reactions = $util.emptyArray;

                Message.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== 0)
                        writer.uint32(16).int32(message.session);
                    if (message.sender != null && $Object.hasOwnProperty.call(message, "sender"))
                        $root.loopback4.chat.v1.User.encode(message.sender, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.receiver != null && $Object.hasOwnProperty.call(message, "receiver") && message.receiver !== "")
                        writer.uint32(34).string(message.receiver);
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== 0)
                        writer.uint32(40).int32(message.status);
                    if (message.timer != null && $Object.hasOwnProperty.call(message, "timer") && message.timer !== "")
                        writer.uint32(50).string(message.timer);
                    if (message.ext != null && $Object.hasOwnProperty.call(message, "ext") && message.ext !== "")
                        writer.uint32(58).string(message.ext);
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                        writer.uint32(64).int32(message.type);
                    if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                        writer.uint32(74).string(message.text);
                    if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
                        writer.uint32(82).string(message.image);
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media") && message.media !== "")
                        writer.uint32(90).string(message.media);
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(98).string(message.channelId);
                    if (message.channelType != null && $Object.hasOwnProperty.call(message, "channelType") && message.channelType !== "")
                        writer.uint32(106).string(message.channelType);
                    if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                        writer.uint32(114).string(message.subject);
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                        writer.uint32(120).int64(message.seq);
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(128).int64(message.changeSeq);
                    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && (typeof message.createdAt === "object" ? message.createdAt.low || message.createdAt.high : message.createdAt !== 0))
                        writer.uint32(136).int64(message.createdAt);
                    if (message.editedAt != null && $Object.hasOwnProperty.call(message, "editedAt") && (typeof message.editedAt === "object" ? message.editedAt.low || message.editedAt.high : message.editedAt !== 0))
                        writer.uint32(144).int64(message.editedAt);
                    if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted") && message.deleted !== false)
                        writer.uint32(152).bool(message.deleted);
                    if (message.parentMessageId != null && $Object.hasOwnProperty.call(message, "parentMessageId") && message.parentMessageId !== "")
                        writer.uint32(162).string(message.parentMessageId);
                    if (message.attachmentIds != null && message.attachmentIds.length)
                        for (var i = 0; i < message.attachmentIds.length; ++i)
                            writer.uint32(170).string(message.attachmentIds[i]);
                    if (message.mentions != null && message.mentions.length)
                        for (var i = 0; i < message.mentions.length; ++i)
                            writer.uint32(178).string(message.mentions[i]);
                    if (message.forwardedFrom != null && $Object.hasOwnProperty.call(message, "forwardedFrom") && message.forwardedFrom !== "")
                        writer.uint32(186).string(message.forwardedFrom);
                    if (message.reactions != null && message.reactions.length)
                        for (var i = 0; i < message.reactions.length; ++i)
                            $root.loopback4.chat.v1.ReactionCount.encode(message.reactions[i], writer.uint32(194).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Message.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.Message();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.session = value;
                                else
                                    delete message.session;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.sender = $root.loopback4.chat.v1.User.decode(reader, reader.size(), $undefined, _depth + 1, message.sender);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.receiver = value;
                                else
                                    delete message.receiver;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.status = value;
                                else
                                    delete message.status;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.timer = value;
                                else
                                    delete message.timer;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.ext = value;
                                else
                                    delete message.ext;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.text = value;
                                else
                                    delete message.text;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.image = value;
                                else
                                    delete message.image;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.media = value;
                                else
                                    delete message.media;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelType = value;
                                else
                                    delete message.channelType;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.subject = value;
                                else
                                    delete message.subject;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.seq = value;
                                else
                                    delete message.seq;
                                continue;
                            }
                        case 16: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        case 17: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.createdAt = value;
                                else
                                    delete message.createdAt;
                                continue;
                            }
                        case 18: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.editedAt = value;
                                else
                                    delete message.editedAt;
                                continue;
                            }
                        case 19: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.deleted = value;
                                else
                                    delete message.deleted;
                                continue;
                            }
                        case 20: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.parentMessageId = value;
                                else
                                    delete message.parentMessageId;
                                continue;
                            }
                        case 21: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.attachmentIds && message.attachmentIds.length))
                                    message.attachmentIds = [];
                                message.attachmentIds.push(reader.stringVerify());
                                continue;
                            }
                        case 22: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.mentions && message.mentions.length))
                                    message.mentions = [];
                                message.mentions.push(reader.stringVerify());
                                continue;
                            }
                        case 23: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.forwardedFrom = value;
                                else
                                    delete message.forwardedFrom;
                                continue;
                            }
                        case 24: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.reactions && message.reactions.length))
                                    message.reactions = [];
                                message.reactions.push($root.loopback4.chat.v1.ReactionCount.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Message.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        if (!$util.isString(message.id))
                            return "id: string expected";
                    if (message.session != null && $Object.hasOwnProperty.call(message, "session"))
                        if (typeof message.session !== "number" || (message.session | 0) !== message.session)
                            return "session: enum value expected";
                    if (message.sender != null && $Object.hasOwnProperty.call(message, "sender")) {
                        var error = $root.loopback4.chat.v1.User.verify(message.sender, _depth + 1);
                        if (error)
                            return "sender." + error;
                    }
                    if (message.receiver != null && $Object.hasOwnProperty.call(message, "receiver"))
                        if (!$util.isString(message.receiver))
                            return "receiver: string expected";
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                        if (typeof message.status !== "number" || (message.status | 0) !== message.status)
                            return "status: enum value expected";
                    if (message.timer != null && $Object.hasOwnProperty.call(message, "timer"))
                        if (!$util.isString(message.timer))
                            return "timer: string expected";
                    if (message.ext != null && $Object.hasOwnProperty.call(message, "ext"))
                        if (!$util.isString(message.ext))
                            return "ext: string expected";
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                        if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                            return "type: enum value expected";
                    if (message.text != null && $Object.hasOwnProperty.call(message, "text"))
                        if (!$util.isString(message.text))
                            return "text: string expected";
                    if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
                        if (!$util.isString(message.image))
                            return "image: string expected";
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        if (!$util.isString(message.media))
                            return "media: string expected";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.channelType != null && $Object.hasOwnProperty.call(message, "channelType"))
                        if (!$util.isString(message.channelType))
                            return "channelType: string expected";
                    if (message.subject != null && $Object.hasOwnProperty.call(message, "subject"))
                        if (!$util.isString(message.subject))
                            return "subject: string expected";
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                        if (!$util.isInteger(message.seq) && !(message.seq && $util.isInteger(message.seq.low) && $util.isInteger(message.seq.high)))
                            return "seq: integer|Long expected";
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt"))
                        if (!$util.isInteger(message.createdAt) && !(message.createdAt && $util.isInteger(message.createdAt.low) && $util.isInteger(message.createdAt.high)))
                            return "createdAt: integer|Long expected";
                    if (message.editedAt != null && $Object.hasOwnProperty.call(message, "editedAt"))
                        if (!$util.isInteger(message.editedAt) && !(message.editedAt && $util.isInteger(message.editedAt.low) && $util.isInteger(message.editedAt.high)))
                            return "editedAt: integer|Long expected";
                    if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted"))
                        if (typeof message.deleted !== "boolean")
                            return "deleted: boolean expected";
                    if (message.parentMessageId != null && $Object.hasOwnProperty.call(message, "parentMessageId"))
                        if (!$util.isString(message.parentMessageId))
                            return "parentMessageId: string expected";
                    if (message.attachmentIds != null && $Object.hasOwnProperty.call(message, "attachmentIds")) {
                        if (!$Array.isArray(message.attachmentIds))
                            return "attachmentIds: array expected";
                        for (var i = 0; i < message.attachmentIds.length; ++i)
                            if (!$util.isString(message.attachmentIds[i]))
                                return "attachmentIds: string[] expected";
                    }
                    if (message.mentions != null && $Object.hasOwnProperty.call(message, "mentions")) {
                        if (!$Array.isArray(message.mentions))
                            return "mentions: array expected";
                        for (var i = 0; i < message.mentions.length; ++i)
                            if (!$util.isString(message.mentions[i]))
                                return "mentions: string[] expected";
                    }
                    if (message.forwardedFrom != null && $Object.hasOwnProperty.call(message, "forwardedFrom"))
                        if (!$util.isString(message.forwardedFrom))
                            return "forwardedFrom: string expected";
                    if (message.reactions != null && $Object.hasOwnProperty.call(message, "reactions")) {
                        if (!$Array.isArray(message.reactions))
                            return "reactions: array expected";
                        for (var i = 0; i < message.reactions.length; ++i) {
                            var error = $root.loopback4.chat.v1.ReactionCount.verify(message.reactions[i], _depth + 1);
                            if (error)
                                return "reactions." + error;
                        }
                    }
                    return null;
                };

                Message.Session = (function() {
                    var valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "SESSION_UNSPECIFIED"] = 0;
                    values[valuesById[1] = "SINGLE"] = 1;
                    values[valuesById[2] = "GROUP"] = 2;
                    values[valuesById[3] = "CHANNEL"] = 3;
                    return values;
                })();

                Message.Status = (function() {
                    var valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "STATUS_UNSPECIFIED"] = 0;
                    values[valuesById[1] = "INITIAL"] = 1;
                    values[valuesById[2] = "RECEIVED"] = 2;
                    values[valuesById[3] = "READ"] = 3;
                    return values;
                })();

                Message.Type = (function() {
                    var valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "TYPE_UNSPECIFIED"] = 0;
                    values[valuesById[1] = "TEXT"] = 1;
                    values[valuesById[2] = "IMAGE"] = 2;
                    values[valuesById[3] = "VIDEO"] = 3;
                    values[valuesById[4] = "AUDIO"] = 4;
                    values[valuesById[5] = "FILE"] = 5;
                    values[valuesById[6] = "SYSTEM"] = 6;
                    return values;
                })();

                return Message;
            })();

            v1.MessageEdit = (function() {

                var MessageEdit = function (properties) {
                    this.attachmentIds = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                MessageEdit.prototype.channelId = "";
                MessageEdit.prototype.messageId = "";
                MessageEdit.prototype.text = "";
                MessageEdit.prototype.ext = "";
                MessageEdit.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                MessageEdit.prototype.editedAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                MessageEdit.prototype.attachmentIds = $util.emptyArray;
                MessageEdit.prototype.subject = "";

                MessageEdit.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(10).string(message.channelId);
                    if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId") && message.messageId !== "")
                        writer.uint32(18).string(message.messageId);
                    if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                        writer.uint32(26).string(message.text);
                    if (message.ext != null && $Object.hasOwnProperty.call(message, "ext") && message.ext !== "")
                        writer.uint32(34).string(message.ext);
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(40).int64(message.changeSeq);
                    if (message.editedAt != null && $Object.hasOwnProperty.call(message, "editedAt") && (typeof message.editedAt === "object" ? message.editedAt.low || message.editedAt.high : message.editedAt !== 0))
                        writer.uint32(48).int64(message.editedAt);
                    if (message.attachmentIds != null && message.attachmentIds.length)
                        for (var i = 0; i < message.attachmentIds.length; ++i)
                            writer.uint32(58).string(message.attachmentIds[i]);
                    if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                        writer.uint32(66).string(message.subject);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                MessageEdit.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.MessageEdit();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.messageId = value;
                                else
                                    delete message.messageId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.text = value;
                                else
                                    delete message.text;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.ext = value;
                                else
                                    delete message.ext;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.editedAt = value;
                                else
                                    delete message.editedAt;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.attachmentIds && message.attachmentIds.length))
                                    message.attachmentIds = [];
                                message.attachmentIds.push(reader.stringVerify());
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.subject = value;
                                else
                                    delete message.subject;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                MessageEdit.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId"))
                        if (!$util.isString(message.messageId))
                            return "messageId: string expected";
                    if (message.text != null && $Object.hasOwnProperty.call(message, "text"))
                        if (!$util.isString(message.text))
                            return "text: string expected";
                    if (message.ext != null && $Object.hasOwnProperty.call(message, "ext"))
                        if (!$util.isString(message.ext))
                            return "ext: string expected";
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    if (message.editedAt != null && $Object.hasOwnProperty.call(message, "editedAt"))
                        if (!$util.isInteger(message.editedAt) && !(message.editedAt && $util.isInteger(message.editedAt.low) && $util.isInteger(message.editedAt.high)))
                            return "editedAt: integer|Long expected";
                    if (message.attachmentIds != null && $Object.hasOwnProperty.call(message, "attachmentIds")) {
                        if (!$Array.isArray(message.attachmentIds))
                            return "attachmentIds: array expected";
                        for (var i = 0; i < message.attachmentIds.length; ++i)
                            if (!$util.isString(message.attachmentIds[i]))
                                return "attachmentIds: string[] expected";
                    }
                    if (message.subject != null && $Object.hasOwnProperty.call(message, "subject"))
                        if (!$util.isString(message.subject))
                            return "subject: string expected";
                    return null;
                };

                return MessageEdit;
            })();

            v1.MessageDelete = (function() {

                var MessageDelete = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                MessageDelete.prototype.channelId = "";
                MessageDelete.prototype.messageId = "";
                MessageDelete.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                MessageDelete.prototype.deletedAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                MessageDelete.prototype.deletedBy = "";

                MessageDelete.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(10).string(message.channelId);
                    if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId") && message.messageId !== "")
                        writer.uint32(18).string(message.messageId);
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(24).int64(message.changeSeq);
                    if (message.deletedAt != null && $Object.hasOwnProperty.call(message, "deletedAt") && (typeof message.deletedAt === "object" ? message.deletedAt.low || message.deletedAt.high : message.deletedAt !== 0))
                        writer.uint32(32).int64(message.deletedAt);
                    if (message.deletedBy != null && $Object.hasOwnProperty.call(message, "deletedBy") && message.deletedBy !== "")
                        writer.uint32(42).string(message.deletedBy);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                MessageDelete.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.MessageDelete();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.messageId = value;
                                else
                                    delete message.messageId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.deletedAt = value;
                                else
                                    delete message.deletedAt;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.deletedBy = value;
                                else
                                    delete message.deletedBy;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                MessageDelete.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId"))
                        if (!$util.isString(message.messageId))
                            return "messageId: string expected";
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    if (message.deletedAt != null && $Object.hasOwnProperty.call(message, "deletedAt"))
                        if (!$util.isInteger(message.deletedAt) && !(message.deletedAt && $util.isInteger(message.deletedAt.low) && $util.isInteger(message.deletedAt.high)))
                            return "deletedAt: integer|Long expected";
                    if (message.deletedBy != null && $Object.hasOwnProperty.call(message, "deletedBy"))
                        if (!$util.isString(message.deletedBy))
                            return "deletedBy: string expected";
                    return null;
                };

                return MessageDelete;
            })();

            v1.Reaction = (function() {

                var Reaction = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Reaction.prototype.channelId = "";
                Reaction.prototype.messageId = "";
                Reaction.prototype.emoji = "";
                Reaction.prototype.removed = false;
                Reaction.prototype.userId = "";
                Reaction.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                Reaction.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(10).string(message.channelId);
                    if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId") && message.messageId !== "")
                        writer.uint32(18).string(message.messageId);
                    if (message.emoji != null && $Object.hasOwnProperty.call(message, "emoji") && message.emoji !== "")
                        writer.uint32(26).string(message.emoji);
                    if (message.removed != null && $Object.hasOwnProperty.call(message, "removed") && message.removed !== false)
                        writer.uint32(32).bool(message.removed);
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId") && message.userId !== "")
                        writer.uint32(42).string(message.userId);
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(48).int64(message.changeSeq);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Reaction.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.Reaction();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.messageId = value;
                                else
                                    delete message.messageId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.emoji = value;
                                else
                                    delete message.emoji;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.removed = value;
                                else
                                    delete message.removed;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.userId = value;
                                else
                                    delete message.userId;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Reaction.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId"))
                        if (!$util.isString(message.messageId))
                            return "messageId: string expected";
                    if (message.emoji != null && $Object.hasOwnProperty.call(message, "emoji"))
                        if (!$util.isString(message.emoji))
                            return "emoji: string expected";
                    if (message.removed != null && $Object.hasOwnProperty.call(message, "removed"))
                        if (typeof message.removed !== "boolean")
                            return "removed: boolean expected";
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId"))
                        if (!$util.isString(message.userId))
                            return "userId: string expected";
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    return null;
                };

                return Reaction;
            })();

            v1.Cursor = (function() {

                var Cursor = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Cursor.prototype.channelId = "";
                Cursor.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Cursor.prototype.userId = "";

                Cursor.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(10).string(message.channelId);
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                        writer.uint32(16).int64(message.seq);
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId") && message.userId !== "")
                        writer.uint32(26).string(message.userId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Cursor.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.Cursor();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.seq = value;
                                else
                                    delete message.seq;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.userId = value;
                                else
                                    delete message.userId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Cursor.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                        if (!$util.isInteger(message.seq) && !(message.seq && $util.isInteger(message.seq.low) && $util.isInteger(message.seq.high)))
                            return "seq: integer|Long expected";
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId"))
                        if (!$util.isString(message.userId))
                            return "userId: string expected";
                    return null;
                };

                return Cursor;
            })();

            v1.Typing = (function() {

                var Typing = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Typing.prototype.channelId = "";
                Typing.prototype.userId = "";
                Typing.prototype.typing = false;

                Typing.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(10).string(message.channelId);
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId") && message.userId !== "")
                        writer.uint32(18).string(message.userId);
                    if (message.typing != null && $Object.hasOwnProperty.call(message, "typing") && message.typing !== false)
                        writer.uint32(24).bool(message.typing);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Typing.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.Typing();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.userId = value;
                                else
                                    delete message.userId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.typing = value;
                                else
                                    delete message.typing;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Typing.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId"))
                        if (!$util.isString(message.userId))
                            return "userId: string expected";
                    if (message.typing != null && $Object.hasOwnProperty.call(message, "typing"))
                        if (typeof message.typing !== "boolean")
                            return "typing: boolean expected";
                    return null;
                };

                return Typing;
            })();

            v1.Notify = (function() {

                var Notify = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Notify.prototype.id = "";
                Notify.prototype.type = 0;
                Notify.prototype.sender = null;
                Notify.prototype.receiver = "";
                Notify.prototype.status = 0;
                Notify.prototype.timer = "";
                Notify.prototype.remark = "";
                Notify.prototype.ext = "";
                Notify.prototype.channelId = "";

                Notify.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                        writer.uint32(16).int32(message.type);
                    if (message.sender != null && $Object.hasOwnProperty.call(message, "sender"))
                        $root.loopback4.chat.v1.User.encode(message.sender, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.receiver != null && $Object.hasOwnProperty.call(message, "receiver") && message.receiver !== "")
                        writer.uint32(34).string(message.receiver);
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== 0)
                        writer.uint32(40).int32(message.status);
                    if (message.timer != null && $Object.hasOwnProperty.call(message, "timer") && message.timer !== "")
                        writer.uint32(50).string(message.timer);
                    if (message.remark != null && $Object.hasOwnProperty.call(message, "remark") && message.remark !== "")
                        writer.uint32(58).string(message.remark);
                    if (message.ext != null && $Object.hasOwnProperty.call(message, "ext") && message.ext !== "")
                        writer.uint32(66).string(message.ext);
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(74).string(message.channelId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Notify.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.Notify();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.sender = $root.loopback4.chat.v1.User.decode(reader, reader.size(), $undefined, _depth + 1, message.sender);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.receiver = value;
                                else
                                    delete message.receiver;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.status = value;
                                else
                                    delete message.status;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.timer = value;
                                else
                                    delete message.timer;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.remark = value;
                                else
                                    delete message.remark;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.ext = value;
                                else
                                    delete message.ext;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Notify.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        if (!$util.isString(message.id))
                            return "id: string expected";
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                        if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                            return "type: enum value expected";
                    if (message.sender != null && $Object.hasOwnProperty.call(message, "sender")) {
                        var error = $root.loopback4.chat.v1.User.verify(message.sender, _depth + 1);
                        if (error)
                            return "sender." + error;
                    }
                    if (message.receiver != null && $Object.hasOwnProperty.call(message, "receiver"))
                        if (!$util.isString(message.receiver))
                            return "receiver: string expected";
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                        if (typeof message.status !== "number" || (message.status | 0) !== message.status)
                            return "status: enum value expected";
                    if (message.timer != null && $Object.hasOwnProperty.call(message, "timer"))
                        if (!$util.isString(message.timer))
                            return "timer: string expected";
                    if (message.remark != null && $Object.hasOwnProperty.call(message, "remark"))
                        if (!$util.isString(message.remark))
                            return "remark: string expected";
                    if (message.ext != null && $Object.hasOwnProperty.call(message, "ext"))
                        if (!$util.isString(message.ext))
                            return "ext: string expected";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    return null;
                };

                Notify.Type = (function() {
                    var valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "TYPE_UNSPECIFIED"] = 0;
                    values[valuesById[1] = "ADD_FRIEND"] = 1;
                    values[valuesById[2] = "DEL_FRIEND"] = 2;
                    values[valuesById[3] = "GROUP_INVITE"] = 3;
                    values[valuesById[100] = "CUSTOM"] = 100;
                    return values;
                })();

                Notify.Status = (function() {
                    var valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "STATUS_UNSPECIFIED"] = 0;
                    values[valuesById[1] = "INITIAL"] = 1;
                    values[valuesById[2] = "RECEIVED"] = 2;
                    values[valuesById[3] = "READ"] = 3;
                    values[valuesById[4] = "FULFILLED"] = 4;
                    values[valuesById[5] = "REJECTED"] = 5;
                    return values;
                })();

                return Notify;
            })();

            v1.ChannelMember = (function() {

                var ChannelMember = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ChannelMember.prototype.userId = "";
                ChannelMember.prototype.role = "";
                ChannelMember.prototype.receivedSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                ChannelMember.prototype.readSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                ChannelMember.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId") && message.userId !== "")
                        writer.uint32(10).string(message.userId);
                    if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
                        writer.uint32(18).string(message.role);
                    if (message.receivedSeq != null && $Object.hasOwnProperty.call(message, "receivedSeq") && (typeof message.receivedSeq === "object" ? message.receivedSeq.low || message.receivedSeq.high : message.receivedSeq !== 0))
                        writer.uint32(24).int64(message.receivedSeq);
                    if (message.readSeq != null && $Object.hasOwnProperty.call(message, "readSeq") && (typeof message.readSeq === "object" ? message.readSeq.low || message.readSeq.high : message.readSeq !== 0))
                        writer.uint32(32).int64(message.readSeq);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ChannelMember.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.ChannelMember();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.userId = value;
                                else
                                    delete message.userId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.role = value;
                                else
                                    delete message.role;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.receivedSeq = value;
                                else
                                    delete message.receivedSeq;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.readSeq = value;
                                else
                                    delete message.readSeq;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ChannelMember.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId"))
                        if (!$util.isString(message.userId))
                            return "userId: string expected";
                    if (message.role != null && $Object.hasOwnProperty.call(message, "role"))
                        if (!$util.isString(message.role))
                            return "role: string expected";
                    if (message.receivedSeq != null && $Object.hasOwnProperty.call(message, "receivedSeq"))
                        if (!$util.isInteger(message.receivedSeq) && !(message.receivedSeq && $util.isInteger(message.receivedSeq.low) && $util.isInteger(message.receivedSeq.high)))
                            return "receivedSeq: integer|Long expected";
                    if (message.readSeq != null && $Object.hasOwnProperty.call(message, "readSeq"))
                        if (!$util.isInteger(message.readSeq) && !(message.readSeq && $util.isInteger(message.readSeq.low) && $util.isInteger(message.readSeq.high)))
                            return "readSeq: integer|Long expected";
                    return null;
                };

                return ChannelMember;
            })();

            v1.Channel = (function() {

                var Channel = function (properties) {
                    this.members = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Channel.prototype.id = "";
                Channel.prototype.type = "";
                Channel.prototype.name = "";
                Channel.prototype.avatar = "";
                Channel.prototype.ownerId = "";
                Channel.prototype.messageSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Channel.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Channel.prototype.readSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Channel.prototype.receivedSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Channel.prototype.unread = 0;
                Channel.prototype.lastMessage = null;
                Channel.prototype.members = $util.emptyArray;

                Channel.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                        writer.uint32(18).string(message.type);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(26).string(message.name);
                    if (message.avatar != null && $Object.hasOwnProperty.call(message, "avatar") && message.avatar !== "")
                        writer.uint32(34).string(message.avatar);
                    if (message.ownerId != null && $Object.hasOwnProperty.call(message, "ownerId") && message.ownerId !== "")
                        writer.uint32(42).string(message.ownerId);
                    if (message.messageSeq != null && $Object.hasOwnProperty.call(message, "messageSeq") && (typeof message.messageSeq === "object" ? message.messageSeq.low || message.messageSeq.high : message.messageSeq !== 0))
                        writer.uint32(48).int64(message.messageSeq);
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(56).int64(message.changeSeq);
                    if (message.readSeq != null && $Object.hasOwnProperty.call(message, "readSeq") && (typeof message.readSeq === "object" ? message.readSeq.low || message.readSeq.high : message.readSeq !== 0))
                        writer.uint32(64).int64(message.readSeq);
                    if (message.receivedSeq != null && $Object.hasOwnProperty.call(message, "receivedSeq") && (typeof message.receivedSeq === "object" ? message.receivedSeq.low || message.receivedSeq.high : message.receivedSeq !== 0))
                        writer.uint32(72).int64(message.receivedSeq);
                    if (message.unread != null && $Object.hasOwnProperty.call(message, "unread") && message.unread !== 0)
                        writer.uint32(80).int32(message.unread);
                    if (message.lastMessage != null && $Object.hasOwnProperty.call(message, "lastMessage"))
                        $root.loopback4.chat.v1.Message.encode(message.lastMessage, writer.uint32(90).fork(), _depth + 1).ldelim();
                    if (message.members != null && message.members.length)
                        for (var i = 0; i < message.members.length; ++i)
                            $root.loopback4.chat.v1.ChannelMember.encode(message.members[i], writer.uint32(98).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Channel.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.Channel();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.avatar = value;
                                else
                                    delete message.avatar;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.ownerId = value;
                                else
                                    delete message.ownerId;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.messageSeq = value;
                                else
                                    delete message.messageSeq;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.readSeq = value;
                                else
                                    delete message.readSeq;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.receivedSeq = value;
                                else
                                    delete message.receivedSeq;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.unread = value;
                                else
                                    delete message.unread;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.lastMessage = $root.loopback4.chat.v1.Message.decode(reader, reader.size(), $undefined, _depth + 1, message.lastMessage);
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.members && message.members.length))
                                    message.members = [];
                                message.members.push($root.loopback4.chat.v1.ChannelMember.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Channel.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        if (!$util.isString(message.id))
                            return "id: string expected";
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                        if (!$util.isString(message.type))
                            return "type: string expected";
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        if (!$util.isString(message.name))
                            return "name: string expected";
                    if (message.avatar != null && $Object.hasOwnProperty.call(message, "avatar"))
                        if (!$util.isString(message.avatar))
                            return "avatar: string expected";
                    if (message.ownerId != null && $Object.hasOwnProperty.call(message, "ownerId"))
                        if (!$util.isString(message.ownerId))
                            return "ownerId: string expected";
                    if (message.messageSeq != null && $Object.hasOwnProperty.call(message, "messageSeq"))
                        if (!$util.isInteger(message.messageSeq) && !(message.messageSeq && $util.isInteger(message.messageSeq.low) && $util.isInteger(message.messageSeq.high)))
                            return "messageSeq: integer|Long expected";
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    if (message.readSeq != null && $Object.hasOwnProperty.call(message, "readSeq"))
                        if (!$util.isInteger(message.readSeq) && !(message.readSeq && $util.isInteger(message.readSeq.low) && $util.isInteger(message.readSeq.high)))
                            return "readSeq: integer|Long expected";
                    if (message.receivedSeq != null && $Object.hasOwnProperty.call(message, "receivedSeq"))
                        if (!$util.isInteger(message.receivedSeq) && !(message.receivedSeq && $util.isInteger(message.receivedSeq.low) && $util.isInteger(message.receivedSeq.high)))
                            return "receivedSeq: integer|Long expected";
                    if (message.unread != null && $Object.hasOwnProperty.call(message, "unread"))
                        if (!$util.isInteger(message.unread))
                            return "unread: integer expected";
                    if (message.lastMessage != null && $Object.hasOwnProperty.call(message, "lastMessage")) {
                        var error = $root.loopback4.chat.v1.Message.verify(message.lastMessage, _depth + 1);
                        if (error)
                            return "lastMessage." + error;
                    }
                    if (message.members != null && $Object.hasOwnProperty.call(message, "members")) {
                        if (!$Array.isArray(message.members))
                            return "members: array expected";
                        for (var i = 0; i < message.members.length; ++i) {
                            var error = $root.loopback4.chat.v1.ChannelMember.verify(message.members[i], _depth + 1);
                            if (error)
                                return "members." + error;
                        }
                    }
                    return null;
                };

                return Channel;
            })();

            v1.ChannelChange = (function() {

                var ChannelChange = function (properties) {
                    this.userIds = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ChannelChange.prototype.channelId = "";
                ChannelChange.prototype.kind = 0;
                ChannelChange.prototype.actor = null;
                ChannelChange.prototype.userIds = $util.emptyArray;
                ChannelChange.prototype.role = "";
                ChannelChange.prototype.channel = null;
                ChannelChange.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                ChannelChange.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(10).string(message.channelId);
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                        writer.uint32(16).int32(message.kind);
                    if (message.actor != null && $Object.hasOwnProperty.call(message, "actor"))
                        $root.loopback4.chat.v1.User.encode(message.actor, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.userIds != null && message.userIds.length)
                        for (var i = 0; i < message.userIds.length; ++i)
                            writer.uint32(34).string(message.userIds[i]);
                    if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
                        writer.uint32(42).string(message.role);
                    if (message.channel != null && $Object.hasOwnProperty.call(message, "channel"))
                        $root.loopback4.chat.v1.Channel.encode(message.channel, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(56).int64(message.changeSeq);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ChannelChange.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.ChannelChange();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.kind = value;
                                else
                                    delete message.kind;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.actor = $root.loopback4.chat.v1.User.decode(reader, reader.size(), $undefined, _depth + 1, message.actor);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.userIds && message.userIds.length))
                                    message.userIds = [];
                                message.userIds.push(reader.stringVerify());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.role = value;
                                else
                                    delete message.role;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.channel = $root.loopback4.chat.v1.Channel.decode(reader, reader.size(), $undefined, _depth + 1, message.channel);
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ChannelChange.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                        if (typeof message.kind !== "number" || (message.kind | 0) !== message.kind)
                            return "kind: enum value expected";
                    if (message.actor != null && $Object.hasOwnProperty.call(message, "actor")) {
                        var error = $root.loopback4.chat.v1.User.verify(message.actor, _depth + 1);
                        if (error)
                            return "actor." + error;
                    }
                    if (message.userIds != null && $Object.hasOwnProperty.call(message, "userIds")) {
                        if (!$Array.isArray(message.userIds))
                            return "userIds: array expected";
                        for (var i = 0; i < message.userIds.length; ++i)
                            if (!$util.isString(message.userIds[i]))
                                return "userIds: string[] expected";
                    }
                    if (message.role != null && $Object.hasOwnProperty.call(message, "role"))
                        if (!$util.isString(message.role))
                            return "role: string expected";
                    if (message.channel != null && $Object.hasOwnProperty.call(message, "channel")) {
                        var error = $root.loopback4.chat.v1.Channel.verify(message.channel, _depth + 1);
                        if (error)
                            return "channel." + error;
                    }
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    return null;
                };

                ChannelChange.Kind = (function() {
                    var valuesById = $Object.create(null), values = $Object.create(valuesById);
                    values[valuesById[0] = "KIND_UNSPECIFIED"] = 0;
                    values[valuesById[1] = "CREATED"] = 1;
                    values[valuesById[2] = "UPDATED"] = 2;
                    values[valuesById[3] = "MEMBER_ADDED"] = 3;
                    values[valuesById[4] = "MEMBER_REMOVED"] = 4;
                    values[valuesById[5] = "MEMBER_ROLE"] = 5;
                    values[valuesById[6] = "DELETED"] = 6;
                    return values;
                })();

                return ChannelChange;
            })();

            v1.ChannelCursor = (function() {

                var ChannelCursor = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ChannelCursor.prototype.channelId = "";
                ChannelCursor.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                ChannelCursor.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(10).string(message.channelId);
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(16).int64(message.changeSeq);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ChannelCursor.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.ChannelCursor();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ChannelCursor.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    return null;
                };

                return ChannelCursor;
            })();

            v1.SyncRequest = (function() {

                var SyncRequest = function (properties) {
                    this.channels = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SyncRequest.prototype.channels = $util.emptyArray;
                SyncRequest.prototype.limit = 0;
                SyncRequest.prototype.pageToken = "";

                SyncRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channels != null && message.channels.length)
                        for (var i = 0; i < message.channels.length; ++i)
                            $root.loopback4.chat.v1.ChannelCursor.encode(message.channels[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
                        writer.uint32(16).int32(message.limit);
                    if (message.pageToken != null && $Object.hasOwnProperty.call(message, "pageToken") && message.pageToken !== "")
                        writer.uint32(26).string(message.pageToken);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SyncRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.SyncRequest();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.channels && message.channels.length))
                                    message.channels = [];
                                message.channels.push($root.loopback4.chat.v1.ChannelCursor.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.limit = value;
                                else
                                    delete message.limit;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.pageToken = value;
                                else
                                    delete message.pageToken;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SyncRequest.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channels != null && $Object.hasOwnProperty.call(message, "channels")) {
                        if (!$Array.isArray(message.channels))
                            return "channels: array expected";
                        for (var i = 0; i < message.channels.length; ++i) {
                            var error = $root.loopback4.chat.v1.ChannelCursor.verify(message.channels[i], _depth + 1);
                            if (error)
                                return "channels." + error;
                        }
                    }
                    if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                        if (!$util.isInteger(message.limit))
                            return "limit: integer expected";
                    if (message.pageToken != null && $Object.hasOwnProperty.call(message, "pageToken"))
                        if (!$util.isString(message.pageToken))
                            return "pageToken: string expected";
                    return null;
                };

                return SyncRequest;
            })();

            v1.ChannelSync = (function() {

                var ChannelSync = function (properties) {
                    this.messages = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ChannelSync.prototype.channel = null;
                ChannelSync.prototype.messages = $util.emptyArray;
                ChannelSync.prototype.membersChanged = false;
                ChannelSync.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                ChannelSync.prototype.more = false;

                ChannelSync.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channel != null && $Object.hasOwnProperty.call(message, "channel"))
                        $root.loopback4.chat.v1.Channel.encode(message.channel, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.messages != null && message.messages.length)
                        for (var i = 0; i < message.messages.length; ++i)
                            $root.loopback4.chat.v1.Message.encode(message.messages[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.membersChanged != null && $Object.hasOwnProperty.call(message, "membersChanged") && message.membersChanged !== false)
                        writer.uint32(24).bool(message.membersChanged);
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(32).int64(message.changeSeq);
                    if (message.more != null && $Object.hasOwnProperty.call(message, "more") && message.more !== false)
                        writer.uint32(40).bool(message.more);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ChannelSync.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.ChannelSync();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.channel = $root.loopback4.chat.v1.Channel.decode(reader, reader.size(), $undefined, _depth + 1, message.channel);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.messages && message.messages.length))
                                    message.messages = [];
                                message.messages.push($root.loopback4.chat.v1.Message.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.membersChanged = value;
                                else
                                    delete message.membersChanged;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.more = value;
                                else
                                    delete message.more;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ChannelSync.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channel != null && $Object.hasOwnProperty.call(message, "channel")) {
                        var error = $root.loopback4.chat.v1.Channel.verify(message.channel, _depth + 1);
                        if (error)
                            return "channel." + error;
                    }
                    if (message.messages != null && $Object.hasOwnProperty.call(message, "messages")) {
                        if (!$Array.isArray(message.messages))
                            return "messages: array expected";
                        for (var i = 0; i < message.messages.length; ++i) {
                            var error = $root.loopback4.chat.v1.Message.verify(message.messages[i], _depth + 1);
                            if (error)
                                return "messages." + error;
                        }
                    }
                    if (message.membersChanged != null && $Object.hasOwnProperty.call(message, "membersChanged"))
                        if (typeof message.membersChanged !== "boolean")
                            return "membersChanged: boolean expected";
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    if (message.more != null && $Object.hasOwnProperty.call(message, "more"))
                        if (typeof message.more !== "boolean")
                            return "more: boolean expected";
                    return null;
                };

                return ChannelSync;
            })();

            v1.SyncResponse = (function() {

                var SyncResponse = function (properties) {
                    this.channels = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SyncResponse.prototype.channels = $util.emptyArray;
                SyncResponse.prototype.nextPageToken = "";

                SyncResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channels != null && message.channels.length)
                        for (var i = 0; i < message.channels.length; ++i)
                            $root.loopback4.chat.v1.ChannelSync.encode(message.channels[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.nextPageToken != null && $Object.hasOwnProperty.call(message, "nextPageToken") && message.nextPageToken !== "")
                        writer.uint32(18).string(message.nextPageToken);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SyncResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.SyncResponse();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.channels && message.channels.length))
                                    message.channels = [];
                                message.channels.push($root.loopback4.chat.v1.ChannelSync.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.nextPageToken = value;
                                else
                                    delete message.nextPageToken;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SyncResponse.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.channels != null && $Object.hasOwnProperty.call(message, "channels")) {
                        if (!$Array.isArray(message.channels))
                            return "channels: array expected";
                        for (var i = 0; i < message.channels.length; ++i) {
                            var error = $root.loopback4.chat.v1.ChannelSync.verify(message.channels[i], _depth + 1);
                            if (error)
                                return "channels." + error;
                        }
                    }
                    if (message.nextPageToken != null && $Object.hasOwnProperty.call(message, "nextPageToken"))
                        if (!$util.isString(message.nextPageToken))
                            return "nextPageToken: string expected";
                    return null;
                };

                return SyncResponse;
            })();

            v1.PresenceQuery = (function() {

                var PresenceQuery = function (properties) {
                    this.userIds = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PresenceQuery.prototype.userIds = $util.emptyArray;

                PresenceQuery.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.userIds != null && message.userIds.length)
                        for (var i = 0; i < message.userIds.length; ++i)
                            writer.uint32(10).string(message.userIds[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PresenceQuery.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.PresenceQuery();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.userIds && message.userIds.length))
                                    message.userIds = [];
                                message.userIds.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                PresenceQuery.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.userIds != null && $Object.hasOwnProperty.call(message, "userIds")) {
                        if (!$Array.isArray(message.userIds))
                            return "userIds: array expected";
                        for (var i = 0; i < message.userIds.length; ++i)
                            if (!$util.isString(message.userIds[i]))
                                return "userIds: string[] expected";
                    }
                    return null;
                };

                return PresenceQuery;
            })();

            v1.Presence = (function() {

                var Presence = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Presence.prototype.userId = "";
                Presence.prototype.online = false;
                Presence.prototype.lastSeenAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                Presence.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId") && message.userId !== "")
                        writer.uint32(10).string(message.userId);
                    if (message.online != null && $Object.hasOwnProperty.call(message, "online") && message.online !== false)
                        writer.uint32(16).bool(message.online);
                    if (message.lastSeenAt != null && $Object.hasOwnProperty.call(message, "lastSeenAt") && (typeof message.lastSeenAt === "object" ? message.lastSeenAt.low || message.lastSeenAt.high : message.lastSeenAt !== 0))
                        writer.uint32(24).int64(message.lastSeenAt);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Presence.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.Presence();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.userId = value;
                                else
                                    delete message.userId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.online = value;
                                else
                                    delete message.online;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.lastSeenAt = value;
                                else
                                    delete message.lastSeenAt;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Presence.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.userId != null && $Object.hasOwnProperty.call(message, "userId"))
                        if (!$util.isString(message.userId))
                            return "userId: string expected";
                    if (message.online != null && $Object.hasOwnProperty.call(message, "online"))
                        if (typeof message.online !== "boolean")
                            return "online: boolean expected";
                    if (message.lastSeenAt != null && $Object.hasOwnProperty.call(message, "lastSeenAt"))
                        if (!$util.isInteger(message.lastSeenAt) && !(message.lastSeenAt && $util.isInteger(message.lastSeenAt.low) && $util.isInteger(message.lastSeenAt.high)))
                            return "lastSeenAt: integer|Long expected";
                    return null;
                };

                return Presence;
            })();

            v1.PresenceList = (function() {

                var PresenceList = function (properties) {
                    this.presences = [];
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PresenceList.prototype.presences = $util.emptyArray;

                PresenceList.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.presences != null && message.presences.length)
                        for (var i = 0; i < message.presences.length; ++i)
                            $root.loopback4.chat.v1.Presence.encode(message.presences[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PresenceList.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.PresenceList();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.presences && message.presences.length))
                                    message.presences = [];
                                message.presences.push($root.loopback4.chat.v1.Presence.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                PresenceList.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.presences != null && $Object.hasOwnProperty.call(message, "presences")) {
                        if (!$Array.isArray(message.presences))
                            return "presences: array expected";
                        for (var i = 0; i < message.presences.length; ++i) {
                            var error = $root.loopback4.chat.v1.Presence.verify(message.presences[i], _depth + 1);
                            if (error)
                                return "presences." + error;
                        }
                    }
                    return null;
                };

                return PresenceList;
            })();

            v1.Ack = (function() {

                var Ack = function (properties) {
                    if (properties)
                        for (var keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Ack.prototype.statusCode = 0;
                Ack.prototype.code = "";
                Ack.prototype.message = "";
                Ack.prototype.id = "";
                Ack.prototype.channelId = "";
                Ack.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Ack.prototype.changeSeq = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Ack.prototype.createdAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                Ack.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.statusCode != null && $Object.hasOwnProperty.call(message, "statusCode") && message.statusCode !== 0)
                        writer.uint32(8).int32(message.statusCode);
                    if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                        writer.uint32(18).string(message.code);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(26).string(message.message);
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(34).string(message.id);
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== "")
                        writer.uint32(42).string(message.channelId);
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                        writer.uint32(48).int64(message.seq);
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq") && (typeof message.changeSeq === "object" ? message.changeSeq.low || message.changeSeq.high : message.changeSeq !== 0))
                        writer.uint32(56).int64(message.changeSeq);
                    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && (typeof message.createdAt === "object" ? message.createdAt.low || message.createdAt.high : message.createdAt !== 0))
                        writer.uint32(64).int64(message.createdAt);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (var i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Ack.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    var end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.loopback4.chat.v1.Ack();
                    while (reader.pos < end) {
                        var start = reader.pos;
                        var tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        var wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.statusCode = value;
                                else
                                    delete message.statusCode;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.code = value;
                                else
                                    delete message.code;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.message = value;
                                else
                                    delete message.message;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.channelId = value;
                                else
                                    delete message.channelId;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.seq = value;
                                else
                                    delete message.seq;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.changeSeq = value;
                                else
                                    delete message.changeSeq;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.createdAt = value;
                                else
                                    delete message.createdAt;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Ack.verify = function (message, _depth) {
                    if (typeof message !== "object" || message === null)
                        return "object expected";
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        return "max depth exceeded";
                    if (message.statusCode != null && $Object.hasOwnProperty.call(message, "statusCode"))
                        if (!$util.isInteger(message.statusCode))
                            return "statusCode: integer expected";
                    if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                        if (!$util.isString(message.code))
                            return "code: string expected";
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                        if (!$util.isString(message.message))
                            return "message: string expected";
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        if (!$util.isString(message.id))
                            return "id: string expected";
                    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId"))
                        if (!$util.isString(message.channelId))
                            return "channelId: string expected";
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                        if (!$util.isInteger(message.seq) && !(message.seq && $util.isInteger(message.seq.low) && $util.isInteger(message.seq.high)))
                            return "seq: integer|Long expected";
                    if (message.changeSeq != null && $Object.hasOwnProperty.call(message, "changeSeq"))
                        if (!$util.isInteger(message.changeSeq) && !(message.changeSeq && $util.isInteger(message.changeSeq.low) && $util.isInteger(message.changeSeq.high)))
                            return "changeSeq: integer|Long expected";
                    if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt"))
                        if (!$util.isInteger(message.createdAt) && !(message.createdAt && $util.isInteger(message.createdAt.low) && $util.isInteger(message.createdAt.high)))
                            return "createdAt: integer|Long expected";
                    return null;
                };

                return Ack;
            })();

            return v1;
        })();

        return chat;
    })();

    return loopback4;
})();

module.exports = $root;
