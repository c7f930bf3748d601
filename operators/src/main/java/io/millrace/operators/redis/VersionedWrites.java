package io.millrace.operators.redis;

import io.millrace.features.decision.Version;

/**
 * The script by which Redis writes many keys in one call, each only if its version is not older
 * than the stored one, with value and time to live in one step. For each key it takes a value and a
 * time to live in milliseconds (0 marks a tombstone), and answers {@link #APPLIED}, {@link
 * #FENCED}, or the error that this key met; the other keys are not touched by that.
 *
 * <p>A stored string that does not begin with a version is not ours and counts as absent. Needs
 * Redis 2.8, and no function newer than 6.2.
 */
final class VersionedWrites {
  /** The write was older than what is stored, and refused. */
  static final long FENCED = 0;

  /** The key now holds the value. */
  static final long APPLIED = 1;

  /** Most keys of one call: beyond it a call only keeps others waiting longer. */
  static final int KEYS_PER_CALL = 16;

  private static final int HEAD_LENGTH = Version.VALUE_PREFIX.length() + Version.LENGTH;

  static final String SCRIPT =
      """
      local answers = {}
      for i = 1, #KEYS do
        local value, ttl = ARGV[2 * i - 1], ARGV[2 * i]
        local stored = redis.pcall('GETRANGE', KEYS[i], 0, %1$d)
        local answer = stored
        if type(stored) ~= 'string' then
          answer.err = stored.err .. ' (GETRANGE)'
        else
          local newer = stored > string.sub(value, 1, %2$d)
            and string.find(stored, '^%3$s%%d+$') and #stored == %2$d
          if ttl == '0' then
            if newer then
              value = stored .. string.sub(value, %4$d)
              newer = false
            end
            ttl = 3600000
          end
          if newer then
            answer = 0
          else
            local set = redis.pcall('SET', KEYS[i], value, 'PX', ttl)
            answer = 1
            if set.err then
              answer = { err = set.err .. ' (SET)' }
            end
          end
        end
        answers[i] = answer
      end
      return answers
      """
          .formatted(HEAD_LENGTH - 1, HEAD_LENGTH, Version.VALUE_PREFIX, HEAD_LENGTH + 1);

  private VersionedWrites() {}
}
