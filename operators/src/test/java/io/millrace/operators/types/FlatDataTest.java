package io.millrace.operators.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatDataTest {
  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "127,1", "128,2", "16383,2", "16384,3", "2147483647,5", "-1,5"})
  void numbersTakeAsFewBytesAsTheyNeed(int value, int bytes) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(8);
    FlatData.writeVarint(value, out);

    assertThat(out.length()).isEqualTo(bytes);
    assertThat(FlatData.readVarint(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(value);
  }
}
