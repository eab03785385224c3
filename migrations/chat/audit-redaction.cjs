'use strict';

// The one change that the sealed log takes: a user who is erased
// (`UserDataService.eraseUser`) is taken out of it. The database makes the new
// row itself of the old one, whatever the statement says, and only in a session
// that names the user: `chat.erased_user` and `chat.erased_alias` on PostgreSQL,
// `@chat_erased_user` and `@chat_erased_alias` on MySQL. So nobody can write
// something else into the log, only take out; that a row was changed, when and
// in which table stays there.

const LOG = 'chat_audit_log';
const REDACTED = `${LOG}_redacted`;

/** Where the rows of the log have ids of users. */
const NAMES = [
  ...['created_by', 'modified_by', 'deleted_by'],
  ...['to_user_id', 'recipient_id', 'forwarded_by'],
];
/** What is the user's own of a message, and names users in one of the server's. */
const TEXTS = ['body', 'subject', 'ext', 'mentions'];
/** Nobody else may be put in the user's place. */
const ALIASES = "'erased-%'";

function auditRedaction(db) {
  return db.dialect === 'mysql' ? mysqlRedaction(db) : postgresRedaction(db);
}

function postgresRedaction(db) {
  const list = words => words.map(db.literal).join(', ');
  const redacted = db.table(REDACTED);
  const redact = db.table(`${LOG}_redact`);

  return {
    async defineRedaction() {
      await db.run(
        `CREATE OR REPLACE FUNCTION ${redacted}(
           entry jsonb, erased text, alias text) RETURNS jsonb
         LANGUAGE sql IMMUTABLE AS $body$
           SELECT jsonb_object_agg(e.key, CASE
             WHEN e.key IN (${list(NAMES)}) AND e.value = to_jsonb(erased)
               THEN to_jsonb(alias)
             WHEN e.key IN (${list(TEXTS)}) AND (
               entry->>'created_by' = erased OR entry->>'kind' = 'system' AND
                 strpos(entry->>'ext', to_json(erased)::text) > 0)
               THEN 'null'
             WHEN e.key = 'mentions' AND jsonb_exists(e.value, erased)
               THEN 'null'
             ELSE e.value END)
           FROM jsonb_each(entry) e
         $body$`,
      );
    },

    async permit() {
      await db.run(
        `CREATE OR REPLACE FUNCTION ${redact}() RETURNS trigger
         LANGUAGE plpgsql AS $body$
         DECLARE
           erased text := current_setting('chat.erased_user', true);
           alias text := current_setting('chat.erased_alias', true);
         BEGIN
           NEW := OLD;
           IF OLD.user_id = erased THEN NEW.user_id := alias; END IF;
           NEW.before := ${redacted}(OLD.before, erased, alias);
           NEW.after := ${redacted}(OLD.after, erased, alias);
           RETURN NEW;
         END $body$`,
      );
      await db.run(
        `DROP TRIGGER IF EXISTS chat_audit_redact ON ${db.table(LOG)}`,
      );
      await db.run(
        `CREATE TRIGGER chat_audit_redact BEFORE UPDATE ON ${db.table(LOG)}
         FOR EACH ROW EXECUTE FUNCTION ${redact}()`,
      );
      // Last: the seal lets through what the trigger above rewrites.
      await db.run(
        `CREATE OR REPLACE FUNCTION ${db.table(`${LOG}_refuse`)}()
         RETURNS trigger LANGUAGE plpgsql AS $body$
         BEGIN
           IF TG_OP = 'UPDATE'
             AND coalesce(current_setting('chat.erased_user', true), '') <> ''
             AND current_setting('chat.erased_alias', true) LIKE ${ALIASES}
           THEN RETURN NULL; END IF;
           RAISE EXCEPTION '${LOG} takes new rows only'
             USING ERRCODE = 'restrict_violation';
         END $body$`,
      );
    },
  };
}

function mysqlRedaction(db) {
  const quotedId = 'CAST(JSON_QUOTE(erased) AS BINARY)';
  const textOf = key =>
    `CAST(JSON_UNQUOTE(JSON_EXTRACT(entry, '$.${key}')) AS BINARY)`;
  const has = (key, word) =>
    `IFNULL(JSON_CONTAINS(entry, ${word}, '$.${key}'), 0)`;
  const names = key => `IFNULL(LOCATE(${quotedId}, ${textOf(key)}) > 0, 0)`;
  const isTheirs = `(${has('created_by', 'JSON_QUOTE(erased)')}
    OR ${has('kind', `'"system"'`)} AND ${names('ext')})`;
  // A path that is not there replaces nothing.
  const replacements = [
    ...NAMES.map(key => [key, has(key, 'JSON_QUOTE(erased)'), 'alias']),
    ...TEXTS.map(key => [
      key,
      key === 'mentions' ? `(${isTheirs} OR ${names(key)})` : isTheirs,
      'NULL',
    ]),
  ];
  const isTouched = replacements.map(([, condition]) => condition).join(' OR ');
  const changes = replacements.map(
    ([key, condition, value]) =>
      `IF(${condition}, '$.${key}', '$._'), ${value}`,
  );
  const id = 'VARCHAR(64) CHARACTER SET utf8mb4';

  return {
    async defineRedaction() {
      await db.run(`DROP FUNCTION IF EXISTS ${REDACTED}`);
      await db.run(
        `CREATE FUNCTION ${REDACTED}(entry JSON, erased ${id}, alias ${id})
         RETURNS JSON DETERMINISTIC NO SQL
         RETURN IF(${isTouched}, JSON_REPLACE(entry, ${changes.join(', ')}),
           entry)`,
      );
    },

    async permit() {
      await db.run(`DROP TRIGGER IF EXISTS ${LOG}_redact`);
      const kept = ['id', 'table_name', 'operation', 'row_id'].concat(
        ...['database_user', 'at'],
      );
      const redacted = column =>
        `SET NEW.${column} = ${REDACTED}(OLD.${column}, @chat_erased_user,
           @chat_erased_alias);`;
      await db.run(
        `CREATE TRIGGER ${LOG}_redact BEFORE UPDATE ON ${LOG} FOR EACH ROW
         BEGIN
           IF @chat_erased_user IS NULL OR @chat_erased_alias IS NULL
             OR @chat_erased_alias NOT LIKE ${ALIASES} THEN
             SIGNAL SQLSTATE '45000'
               SET MESSAGE_TEXT = '${LOG} takes new rows only';
           END IF;
           ${kept.map(name => `SET NEW.${name} = OLD.${name};`).join(' ')}
           SET NEW.user_id = IF(
             CAST(OLD.user_id AS BINARY) =
               CAST(CONVERT(@chat_erased_user USING utf8mb4) AS BINARY),
             @chat_erased_alias, OLD.user_id);
           ${redacted('`before`')} ${redacted('`after`')}
         END`,
      );
      // Last, so that the log is never without a seal.
      await db.run(`DROP TRIGGER IF EXISTS ${LOG}_no_update`);
    },
  };
}

module.exports = {NAMES, TEXTS, auditRedaction};
