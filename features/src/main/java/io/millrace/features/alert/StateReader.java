package io.millrace.features.alert;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.event.RiskReason;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {
  private final ByteReader in;
  private final String[] texts;
  private long timeBefore;

  StateReader(byte[] bytes, String what, int newestLayout) {
    in = new ByteReader(bytes);
    in.readVersion(what, newestLayout);
    texts = new String[in.readVarInt() + 1];
    for (int i = 1; i < texts.length; i++) {
      texts[i] = in.readText();
    }
  }

  int small() {
    return in.readByte();
  }

  int count() {
    return in.readVarInt();
  }

  long number() {
    return in.readLong();
  }

  long time() {
    timeBefore += in.readSignedVarLong();
    return timeBefore;
  }

  String text() {
    return texts[count()];
  }

  Double decimal() {
    return small() == 0 ? null : Double.longBitsToDouble(number());
  }

  List<RiskReason> reasons() {
    List<RiskReason> reasons = new ArrayList<>();
    for (int rest = count(); rest > 0; rest--) {
      reasons.add(new RiskReason(text(), text(), decimal(), decimal(), decimal()));
    }
    return reasons;
  }

  List<Participant> participants() {
    List<Participant> participants = new ArrayList<>();
    for (int rest = count(); rest > 0; rest--) {
      participants.add(new Participant(text(), text(), text(), time()));
    }
    return participants;
  }
}
