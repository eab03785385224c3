import type {SqlRunner} from '../sql-runner';

/** What differs where a batch is one message: there is no order to be kept. */
interface Part {
  readonly rank: string;
  readonly locked: string;
  readonly raisedFrom: string;
}

/**
 * Makes the statement that appends a batch: `$1` is the batch as JSON, `$2` the
 * time. It gives each draft that its sender may write, with its numbers, or
 * without where it was overtaken.
 *
 * Who may write is looked up as it was when the statement began, which may be long
 * before a lock is got: a channel where that has changed since is passed over. Of a
 * `single` one any change counts, a block shows in none of its columns. Channels
 * are locked in the order of their ids, so that two nodes never wait for each
 * other; numbers are the counter before plus the rank. Scalar subselects are looked
 * up by index, whatever the plan thought of the tables' sizes when it was made.
 *
 * @param isOne - for batches of one message, whose update locks its channel
 */
export function postgresAppendSql(sql: SqlRunner, isOne: boolean): string {
  const channels = sql.table('chat_channels');
  const members = sql.table('chat_channel_members');
  const messages = sql.table('messages');
  const contacts = sql.table('chat_contacts');
  const {rank, locked, raisedFrom} = isOne ? ONE : many(channels);
  return `
    WITH draft AS MATERIALIZED (
      SELECT d.*, s.roster_change_seq AS roster_seen, s.ctid AS row_seen, ${rank}
      FROM json_to_recordset($1::json) AS d(
        position int, id uuid, channel_id varchar, created_by varchar,
        body text, kind varchar, to_user_id varchar, subject varchar,
        ext text, status int, parent_message_id uuid,
        mentions text, attachment_ids text, forwarded_from uuid,
        heard_by varchar)
      JOIN ${channels} s ON s.id = d.channel_id
      WHERE (
        SELECT true FROM ${members} m
        WHERE m.channel_id = d.channel_id AND m.user_id = d.created_by)
      AND (d.heard_by IS NULL OR (
        SELECT true FROM ${members} h
        WHERE h.channel_id = d.channel_id AND h.user_id = d.heard_by
      ) AND (
        SELECT b.blocked FROM ${contacts} b
        WHERE b.owner_id = d.heard_by AND b.contact_id = d.created_by
      ) IS NOT TRUE)
    ), ${locked} raised AS (
      UPDATE ${channels} c
      SET message_seq = c.message_seq + d.size,
          change_seq = c.change_seq + d.size,
          active_on = $2::timestamptz
      FROM ${raisedFrom}
      RETURNING c.id, c.type, c.message_seq - d.size AS message_seq,
        c.change_seq - d.size AS change_seq
    ), inserted AS (
      INSERT INTO ${messages} (
        id, channel_id, channel_type, body, kind, to_user_id, subject, ext,
        status, parent_message_id, mentions, attachment_ids, forwarded_from,
        seq, change_seq,
        created_by, created_on, modified_by, modified_on, deleted)
      SELECT d.id, d.channel_id, r.type, d.body, d.kind, d.to_user_id,
        d.subject, d.ext, coalesce(d.status, 0), d.parent_message_id,
        d.mentions::jsonb, d.attachment_ids::jsonb, d.forwarded_from,
        r.message_seq + d.rank, r.change_seq + d.rank,
        d.created_by, $2::timestamptz, d.created_by, $2::timestamptz, false
      FROM draft d
      JOIN raised r ON r.id = d.channel_id
      RETURNING id, channel_type, seq, change_seq
    )
    SELECT d.id, i.channel_type, i.seq, i.change_seq
    FROM draft d LEFT JOIN inserted i ON i.id = d.id`;
}

/** Of a channel that is as it was when the statement began. */
const IS_AS_SEEN = `
  d.channel_id = c.id AND NOT c.deleted AND c.roster_change_seq = d.roster_seen
  AND (c.type <> 'single' OR c.ctid = d.row_seen)`;

const ONE: Part = {
  rank: '1 AS rank, 1 AS size',
  locked: '',
  raisedFrom: `draft d WHERE ${IS_AS_SEEN}`,
};

function many(channels: string): Part {
  return {
    rank: `
      row_number() OVER (PARTITION BY d.channel_id ORDER BY d.position) AS rank,
      count(*) OVER (PARTITION BY d.channel_id) AS size`,
    locked: `locked AS (
      SELECT c.id FROM ${channels} c
      JOIN (SELECT DISTINCT channel_id, roster_seen, row_seen FROM draft) d
        ON ${IS_AS_SEEN}
      ORDER BY c.id
      FOR NO KEY UPDATE OF c
    ),`,
    raisedFrom: `
      locked, (SELECT DISTINCT channel_id, size FROM draft) d
      WHERE c.id = locked.id AND d.channel_id = locked.id`,
  };
}
