package io.millrace.operators.profile;

import io.millrace.features.profile.ProfileMaker;
import io.millrace.features.profile.ProfileMaker.Look;
import io.millrace.features.profile.VisitorProfile;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * When something is due for the operator's current key: by event time the next stage of the
 * visitor, by the wall clock the look whether the visitor is to be forgotten. Each has one timer; a
 * timer would keep the visitor's name, so none outlives the profile. The one in event time may come
 * too early, never too late: events put off what is due, and only who comes more often than before
 * is missed sooner.
 */
final class ProfileTimes {
  private final InternalTimerService<VoidNamespace> timers;
  private final ProfileMaker maker;
  private final long retention;

  /**
   * @param retention milliseconds without anything new after which a visitor is forgotten
   */
  ProfileTimes(InternalTimerService<VoidNamespace> timers, ProfileMaker maker, long retention) {
    this.timers = timers;
    this.maker = maker;
    this.retention = retention;
  }

  /** Something new is known of a visitor. */
  void heard(VisitorProfile profile) {
    long now = timers.currentProcessingTime();
    profile.hear(now);
    if (profile.timer() == 0) {
      dueAt(profile, maker.firstLook(profile));
    }
    if (profile.expiry() == 0) {
      expireAt(profile, now + retention);
    }
  }

  /**
   * Something is due at a time.
   *
   * @param time event time, Long.MAX_VALUE for never
   */
  private void dueAt(VisitorProfile profile, long time) {
    long timer = time == Long.MAX_VALUE ? 0 : time;
    if (profile.timer() == timer) {
      return;
    }
    if (profile.timer() != 0) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, profile.timer());
    }
    if (timer != 0) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, timer);
    }
    profile.setTimer(timer);
  }

  private void expireAt(VisitorProfile profile, long clock) {
    if (profile.expiry() != 0) {
      timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, profile.expiry());
    }
    if (clock != 0) {
      timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, clock);
    }
    profile.setExpiry(clock);
  }

  /** Lets the stages that were due up to now come, one after the other; the profile after that. */
  Look letPass(VisitorProfile profile) {
    return letPass(profile, timers.currentWatermark());
  }

  private Look letPass(VisitorProfile profile, long time) {
    Look look = maker.look(profile);
    while (look.due() <= time) {
      profile.pass(look.due());
      look = maker.look(profile);
    }
    return look;
  }

  /**
   * Sees that nothing is missed that is due earlier than was known.
   *
   * @return whether it is
   */
  boolean advance(VisitorProfile profile, Look look) {
    boolean sooner = look.due() < profile.timer();
    if (sooner) {
      dueAt(profile, look.due());
    }
    return sooner;
  }

  /**
   * The timer in event time has come.
   *
   * @return whether something was due
   */
  boolean passed(VisitorProfile profile, long time) {
    profile.setTimer(0);
    long before = profile.asOf();
    Look look = letPass(profile, time);
    dueAt(profile, look.due());
    boolean passed = profile.asOf() > before;
    if (passed) {
      profile.hear(timers.currentProcessingTime());
    }
    return passed;
  }

  /**
   * The timer of the wall clock has come.
   *
   * @return whether the visitor is to be forgotten
   */
  boolean expired(VisitorProfile profile, long clock) {
    long forgetAt = profile.silentSince() + retention;
    profile.setExpiry(0);
    boolean expired = forgetAt <= clock;
    if (!expired) {
      expireAt(profile, forgetAt);
    }
    return expired;
  }

  /** Nothing is due any more. */
  void end(VisitorProfile profile) {
    dueAt(profile, Long.MAX_VALUE);
    expireAt(profile, 0);
  }
}
