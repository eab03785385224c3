'use strict';

const {BYTES, literal, quote} = require('./mysql-text.cjs');
const {lengthOf} = require('./tables.cjs');

/**
 * The clause that makes a column hold what it has to.
 * @returns undefined when it does already
 */
function widening(name, {type}, known) {
  const wider =
    type === 'time' ? widerTime(name, known) : widerText(type, known);
  return wider && `MODIFY COLUMN ${quote(name)} ${wider} ${remark(known)}`;
}

function widerText(type, known) {
  if (!/char|text|^uuid$/.test(known.type)) return undefined;
  const byteSize = {id: 64, uuid: 36, word: 200}[type];
  const isBytes = byteSize !== undefined;
  const size = byteSize ?? lengthOf(type);
  const isLongText = /text$/.test(known.type);
  if (type === 'text') {
    const isWide = /^(medium|long)text$/.test(known.type);
    if (isWide && known.charset === 'utf8mb4') return undefined;
    return `${isWide ? known.type : 'mediumtext'} CHARACTER SET utf8mb4 ${tail(known)}`;
  }
  if (!size || isLongText) return undefined;
  const isRightCharset = isBytes
    ? known.collation === 'utf8mb4_bin'
    : known.charset === 'utf8mb4';
  if (known.length >= size && isRightCharset) return undefined;
  const length = Math.max(size, known.length || 0);
  const charset = isBytes ? BYTES : 'CHARACTER SET utf8mb4';
  return `varchar(${length}) ${charset} ${tail(known)}`;
}

function widerTime(name, known) {
  if (!/^(timestamp|datetime)$/.test(known.type)) return undefined;
  // The ancestor gives every row a time of deletion.
  const isDeletedOn = name === 'deleted_on';
  const hasPreset = known.preset !== null && known.preset !== 'NULL';
  const isDone = !isDeletedOn || (known.isNullable && !hasPreset);
  if (Number(known.fraction) >= 3 && isDone) return undefined;
  // A timestamp stays one: made a datetime it would depend on the time zone of
  // the session that reads it.
  const type = `${known.type}(${Math.max(3, Number(known.fraction))})`;
  if (isDeletedOn) return `${type} NULL DEFAULT NULL`;
  const now = `CURRENT_TIMESTAMP(${/\((\d)\)/.exec(type)[1]})`;
  const isNow = hasPreset && /current_timestamp|now\(/i.test(known.preset);
  return [
    type,
    known.isNullable ? 'NULL' : 'NOT NULL',
    isNow ? `DEFAULT ${now}` : presetOf(known),
    /on update/i.test(known.extra) ? `ON UPDATE ${now}` : '',
  ].join(' ');
}

const tail = known =>
  `${known.isNullable ? 'NULL' : 'NOT NULL'} ${presetOf(known)}`;

function presetOf({preset, extra}) {
  if (preset === null || preset === 'NULL') return '';
  // MariaDB has it as SQL text; MySQL as bare text unless it is an expression.
  const isSql = /^'|\(|current_timestamp/i.test(preset);
  if (/DEFAULT_GENERATED/.test(extra)) return `DEFAULT (${preset})`;
  return `DEFAULT ${isSql ? preset : literal(preset)}`;
}

/** COMMENT takes a plain string constant only. */
const remark = ({comment}) =>
  comment ? `COMMENT '${comment.replace(/['\\]/g, '$&$&')}'` : '';

module.exports = {widening};
