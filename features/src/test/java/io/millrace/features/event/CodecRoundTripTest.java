package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every codec of the package does alike. */
class CodecRoundTripTest {
  private static final long SEED = 20251124;

  static Stream<Named<Codec<?>>> codecs() {
    return Stream.of(
        named("clicks", Codec.CLICKS),
        named("orders", Codec.ORDERS),
        named("catalog", Codec.CATALOG),
        named("controls", Codec.CONTROLS),
        named("rules", Codec.RULES),
        named("labels", Codec.LABELS),
        named("alerts", Codec.ALERTS),
        named("erasures", Codec.ERASURES),
        named("receipts", Codec.RECEIPTS),
        named("models", Codec.MODELS));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  <E> void readsWhatItWrote(Codec<E> codec) throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      E value = codec.values().next(random);
      assertThat(codec.decoder().decode(codec.encoder().encode(value)))
          .as("seed %d, value %d", SEED, i)
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  <E> void ignoresUnknownFieldsAndNulls(Codec<E> codec) throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      E value = codec.values().next(random);
      String json = new String(codec.encoder().encode(value), UTF_8);
      String more = "\"x\":{\"item_id\":[1,{\"visitor_id\":true}]},\"y\":null,\"lines\":null,";

      assertThat(codec.decoder().decode(("{" + more + json.substring(1)).getBytes(UTF_8)))
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  <E> void shipsWithAJob(Codec<E> codec) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(codec.decoder());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked")
      Codec.Decoder<E> shipped = (Codec.Decoder<E>) in.readObject();
      E value = codec.values().next(new Random(SEED));
      assertThat(shipped.decode(codec.encoder().encode(value))).isEqualTo(value);
    }
  }
}
