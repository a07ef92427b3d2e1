package dev.assay.load.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.SplittableRandom;

/** Messages with random fields of any type but the well-known ones. */
final class RandomMessages {

  private RandomMessages() {}

  static DynamicMessage message(Descriptor type, SplittableRandom random, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean wellKnown =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && field.getMessageType().getFullName().startsWith("google.protobuf.");
      boolean deep = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth == 0;
      if (wellKnown || deep || random.nextInt(3) == 0) {
        continue;
      }
      if (field.isMapField()) {
        Message entry = message(field.getMessageType(), random, depth - 1);
        message.addRepeatedField(field, entry);
      } else if (field.isRepeated()) {
        for (int many = random.nextInt(4); many > 0; many--) {
          message.addRepeatedField(field, value(field, random, depth));
        }
      } else {
        message.setField(field, value(field, random, depth));
      }
    }
    return message.build();
  }

  private static Object value(FieldDescriptor field, SplittableRandom random, int depth) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case FLOAT -> Float.intBitsToFloat(random.nextInt() & ~0x0080_0000);
      case DOUBLE -> random.nextDouble() * Math.pow(10, random.nextInt(-20, 20));
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(random);
      case BYTE_STRING -> {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        yield ByteString.copyFrom(bytes);
      }
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case MESSAGE -> message(field.getMessageType(), random, depth - 1);
    };
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int many = random.nextInt(6); many > 0; many--) {
      text.appendCodePoint("aé\"\\\n€😀 x".codePoints().toArray()[random.nextInt(9)]);
    }
    return text.toString();
  }
}
