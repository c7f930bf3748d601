package io.millrace.operators.redis;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how a {@link RedisWrite} crosses the network. */
final class RedisWriteTypeInfo extends TypeInformation<RedisWrite> {
  private static final long serialVersionUID = 1L;

  /** Found by Flink through the annotation of {@link RedisWrite}; it has to be public for that. */
  public static final class Factory extends TypeInfoFactory<RedisWrite> {
    @Override
    public TypeInformation<RedisWrite> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return new RedisWriteTypeInfo();
    }
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<RedisWrite> getTypeClass() {
    return RedisWrite.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<RedisWrite> createSerializer(SerializerConfig config) {
    return RedisWriteSerializer.INSTANCE;
  }

  @Override
  @Deprecated
  public TypeSerializer<RedisWrite> createSerializer(ExecutionConfig config) {
    return RedisWriteSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "RedisWrite";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisWriteTypeInfo;
  }

  @Override
  public int hashCode() {
    return RedisWriteTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RedisWriteTypeInfo;
  }
}
