package io.millrace.features.session;

/** 64-bit hashes of ids, stable over releases because state holds them. */
public final class Hashes {
  private Hashes() {}

  /** FNV-1a over the characters, finished by the mixer of MurmurHash3. */
  public static long of(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return mix(hash);
  }

  /**
   * Where a text falls, at least 0 and below 1, to draw a share of all texts.
   *
   * @param salt another one makes an independent draw
   */
  public static double share(String text, long salt) {
    return (mix(of(text) ^ salt) >>> 11) * 0x1p-53;
  }

  /** The finalizer of MurmurHash3. */
  public static long mix(long value) {
    long hash = value;
    hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
    return hash ^ hash >>> 33;
  }
}
