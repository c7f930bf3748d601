package io.millrace.operators.recommend;

import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.operators.recommend.PostingMessage.Ask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The asks of one visitor whose answers have not all come. Every posting answers, so every ask is
 * completed; one that a newer ask has overtaken is completed in silence.
 */
final class OpenAsks {
  /** That of the answers in it. */
  private static final int LAYOUT = RecommendTypes.AnswerMessageSerializer.CURRENT;

  private final List<OpenAsk> asks = new ArrayList<>(1);

  private static final class OpenAsk {
    private final int number;
    private final long version;
    private final AnswerMessage[] answers;
    private int missing;
    private boolean overtaken;

    private OpenAsk(Ask ask) {
      number = ask.number();
      version = ask.version();
      answers = new AnswerMessage[ask.parts()];
      missing = ask.parts();
    }

    /** A visitor who was forgotten is a new one, whose asks are numbered from 1 again. */
    private boolean is(Ask ask) {
      return number == ask.number() && version == ask.version() && answers.length == ask.parts();
    }

    private boolean isOvertakenBy(OpenAsk other) {
      return number < other.number && version <= other.version;
    }
  }

  boolean isEmpty() {
    return asks.isEmpty();
  }

  /**
   * Takes one answer.
   *
   * @param everyAsk whether asks that a newer one has overtaken count too
   * @return all answers of its ask if it was the last of them, else null
   */
  AnswerMessage[] complete(AnswerMessage message, boolean everyAsk) {
    OpenAsk ask = askOf(message.ask());
    if (ask.answers[message.ask().part()] == null) {
      ask.missing--;
    }
    ask.answers[message.ask().part()] = message;
    if (ask.missing > 0) {
      return null;
    }
    asks.remove(ask);
    for (OpenAsk other : asks) {
      other.overtaken |= other.isOvertakenBy(ask);
    }
    return ask.overtaken && !everyAsk ? null : ask.answers;
  }

  private OpenAsk askOf(Ask ask) {
    for (OpenAsk open : asks) {
      if (open.is(ask)) {
        return open;
      }
    }
    OpenAsk open = new OpenAsk(ask);
    asks.add(open);
    return open;
  }

  static PartialAnswer[] partials(AnswerMessage[] messages) {
    PartialAnswer[] partials = new PartialAnswer[messages.length];
    for (int i = 0; i < partials.length; i++) {
      partials[i] = messages[i].answer();
    }
    return partials;
  }

  byte[] toBytes() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(4096);
    out.writeByte(LAYOUT);
    out.writeInt(asks.size());
    for (OpenAsk ask : asks) {
      out.writeBoolean(ask.overtaken);
      out.writeInt(ask.answers.length - ask.missing);
      for (AnswerMessage answer : ask.answers) {
        if (answer != null) {
          RecommendTypes.ANSWER_MESSAGE.serializer().serialize(answer, out);
        }
      }
    }
    return out.getCopyOfBuffer();
  }

  static OpenAsks ofBytes(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int layout = in.readByte();
    if (layout < 1 || layout > LAYOUT) {
      throw new IOException("open asks of layout " + layout + " are of a later release");
    }
    var answersOfLayout = new RecommendTypes.AnswerMessageSerializer(layout);
    OpenAsks open = new OpenAsks();
    for (int rest = in.readInt(); rest > 0; rest--) {
      boolean overtaken = in.readBoolean();
      OpenAsk ask = null;
      for (int answers = in.readInt(); answers > 0; answers--) {
        AnswerMessage answer = answersOfLayout.deserialize(in);
        ask = open.askOf(answer.ask());
        ask.answers[answer.ask().part()] = answer;
        ask.missing--;
      }
      if (ask != null) {
        ask.overtaken = overtaken;
      }
    }
    return open;
  }
}
