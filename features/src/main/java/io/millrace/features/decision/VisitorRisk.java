package io.millrace.features.decision;

import java.util.List;
import java.util.Objects;

/**
 * How risky a visitor is: the value of {@code risk:{<visitor_id>}}.
 *
 * @param version 20 digits, see {@link Version}
 * @param visitorId whose
 * @param score of the model, 0 to 1; null where it is not known
 * @param band how risky
 * @param openAlerts ids of the alerts about the visitor that are open
 */
public record VisitorRisk(
    String version, String visitorId, Double score, Band band, List<String> openAlerts) {

  public VisitorRisk {
    Version.check(version);
    Objects.requireNonNull(visitorId, "visitorId");
    Objects.requireNonNull(band, "band");
    OrderRisk.checkScore(score);
    openAlerts = List.copyOf(openAlerts);
  }
}
