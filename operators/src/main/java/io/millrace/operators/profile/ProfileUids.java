package io.millrace.operators.profile;

/** Uids of the profile job's operators; a savepoint finds their state by these. */
public final class ProfileUids {
  public static final String CLICKS = "profile-clicks";
  public static final String ORDERS = "profile-orders";
  public static final String FACETS = "profile-facets";
  public static final String ERASURES = "profile-erasures";
  public static final String REPUBLISH = "profile-republish";
  public static final String PROFILES = "visitor-profiles";
  public static final String POPULATION = "population";
  public static final String WRITER = "profile-writer";
  public static final String SINK = "profile-sink";
  public static final String RECEIPTS_SINK = "profile-receipts-sink";

  private ProfileUids() {}
}
