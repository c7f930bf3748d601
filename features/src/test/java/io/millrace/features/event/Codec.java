package io.millrace.features.event;

import java.io.Serializable;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Random;

/**
 * What a codec does, and valid values to do it with, for tests that hold every codec to the same.
 *
 * @param decoder the codec's way in
 * @param encoder its way out
 * @param values valid values of every shape
 */
record Codec<E>(Decoder<E> decoder, Encoder<E> encoder, Values<E> values) {
  /** Stands at {@link ClickCodecTest#NOW}. */
  static final Clock CLOCK = Clock.fixed(ClickCodecTest.NOW, ZoneOffset.UTC);

  static final Codec<Click> CLICKS =
      new Codec<>(new ClickCodec(CLOCK)::decode, ClickCodec::encode, RandomClicks::next);
  static final Codec<Order> ORDERS =
      new Codec<>(new OrderCodec(CLOCK)::decode, OrderCodec::encode, RandomOrders::next);
  static final Codec<CatalogItem> CATALOG =
      new Codec<>(
          new CatalogItemCodec(CLOCK)::decode, CatalogItemCodec::encode, RandomCatalogItems::next);
  static final Codec<Control> CONTROLS =
      new Codec<>(new ControlCodec(CLOCK)::decode, ControlCodec::encode, RandomControls::next);
  static final Codec<FraudRule> RULES =
      new Codec<>(
          new FraudRuleCodec(CLOCK)::decode, FraudRuleCodec::encode, RandomFraudRules::next);
  static final Codec<FraudLabel> LABELS =
      new Codec<>(
          new FraudLabelCodec(CLOCK)::decode,
          FraudLabelCodec::encode,
          random -> {
            RandomFields fields = new RandomFields(random);
            return new FraudLabel(
                fields.id(),
                random.nextBoolean(),
                fields.time(),
                fields.oneOf(FraudLabel.Source.values()));
          });
  static final Codec<FraudAlert> ALERTS =
      new Codec<>(
          new FraudAlertCodec(CLOCK)::decode, FraudAlertCodec::encode, RandomFraudAlerts::next);
  static final Codec<Erasure> ERASURES =
      new Codec<>(
          new ErasureCodec(CLOCK)::decode,
          ErasureCodec::encode,
          random -> {
            RandomFields fields = new RandomFields(random);
            return new Erasure(fields.id(), fields.time());
          });
  static final Codec<ErasureReceipt> RECEIPTS =
      new Codec<>(
          new ErasureReceiptCodec(CLOCK)::decode,
          ErasureReceiptCodec::encode,
          random -> {
            RandomFields fields = new RandomFields(random);
            return new ErasureReceipt(fields.id(), fields.id(), fields.time(), fields.time());
          });
  static final Codec<ModelSnapshot> MODELS =
      new Codec<>(
          new ModelSnapshotCodec(CLOCK)::decode,
          ModelSnapshotCodec::encode,
          random -> {
            RandomFields fields = new RandomFields(random);
            return new ModelSnapshot(
                fields.id(),
                1 + random.nextInt(1_000),
                fields.id(),
                random.nextInt(1_000_000),
                fields.time(),
                random.doubles(1 + random.nextInt(30), -100, 100).toArray());
          });

  /** The codec of values as they are written, of one that rounds some numbers. */
  Codec<E> asWritten() {
    return new Codec<>(
        payload -> decoder.decode(encoder.encode(decoder.decode(payload))), encoder, values);
  }

  @FunctionalInterface
  interface Decoder<E> extends Serializable {
    E decode(byte[] payload) throws InvalidEventException;
  }

  @FunctionalInterface
  interface Encoder<E> {
    byte[] encode(E value);
  }

  @FunctionalInterface
  interface Values<E> {
    E next(Random random);
  }
}
