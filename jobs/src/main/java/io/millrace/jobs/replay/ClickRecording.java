package io.millrace.jobs.replay;

import io.millrace.features.event.Click;
import io.millrace.features.event.Topics;
import io.millrace.jobs.local.ContractEvent;
import java.util.List;
import java.util.Locale;

/** Every click of a log as a view of its item; a session is taken as a visitor of its own. */
final class ClickRecording implements Recording {
  private final ClickLog log;
  private final EventIds ids;

  ClickRecording(ClickLog log, EventIds ids) {
    this.log = log;
    this.ids = ids;
  }

  @Override
  public int size() {
    return log.size();
  }

  @Override
  public long time(int i) {
    return log.time(i);
  }

  @Override
  public ContractEvent event(int i, long shiftMs) {
    String session = log.session(i);
    return ContractEvent.of(
        Click.view(ids.at(log.row(i)), log.time(i) + shiftMs, session, log.item(i), session));
  }

  @Override
  public List<String> topics() {
    return List.of(Topics.CLICKSTREAM);
  }

  @Override
  public List<String> summary() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d clicks, %,d sessions, %,d items",
            log.size(),
            log.sessionCount(),
            log.itemCount()));
  }
}
