// Who takes part, and with which token.
'use strict';
const {SignJWT} = require('jose');

const SECRET = 'a secret of the bench that nobody else has';
const ISSUER = 'bench';
const PERMISSIONS = [
  ...['ViewMessage', 'CreateMessage', 'UpdateMessage', 'DeleteMessage'],
  'ViewNotification',
];

const userId = n => `user-${`${n}`.padStart(6, '0')}`;
const groupId = n => `task-${`${n}`.padStart(6, '0')}`;

async function tokenOf(id) {
  return new SignJWT({id, account: id, permissions: PERMISSIONS})
    .setProtectedHeader({alg: 'HS256'})
    .setIssuer(ISSUER)
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(SECRET));
}

/** Makes `members` members of each of the first `groups` channels. */
async function seedGroups(pool, groups, members) {
  await pool.query('TRUNCATE chat_channels, chat_channel_members, messages');
  for (let n = 0; n < groups; n++) {
    await pool.query(
      `INSERT INTO chat_channels (id, type, created_on, active_on)
       VALUES ($1, 'task', now(), now())`,
      [groupId(n)],
    );
    await pool.query(
      `INSERT INTO chat_channel_members
         (id, channel_id, user_id, channel_type, created_on)
       SELECT gen_random_uuid(), $1, u, 'task', now()
       FROM unnest($2::text[]) AS u`,
      [groupId(n), Array.from({length: members}, (_, m) => userId(m))],
    );
  }
}

module.exports = {groupId, ISSUER, SECRET, seedGroups, tokenOf, userId};
